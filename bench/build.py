"""`make bench-build`: what building costs, as ratios beside plain lean Material of the same run.

    python -m bench.build [--sizes 60 500 2000] [--rounds 3] [--seed 1]

BENCH=quick: 60 and 500 pages, one round. BENCH=full: 8,000 pages too, and stock Material up to 2,000.
The cases take turns, so that a busy minute falls on all of them. What each figure means: docs/project/speed.md.
"""

from __future__ import annotations

import argparse
import compileall
import gzip
import json
import math
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from bench import growth, machine, usage
from bench.library import (
    FORMS,
    ROOT,
    TODAY,
    Library,
    Shape,
    library,
    save,
    section_file,
    section_page,
    with_mark,
)

MODE = os.environ.get("BENCH", "")
SIZES = {"quick": (60, 500), "full": (60, 500, 2000, 8000)}.get(MODE, (60, 500, 2000))
STOCK = 2000 if MODE == "full" else 500
"""Pages up to which stock Material is built too: it writes its whole navigation into each page."""
RESULTS = ROOT / "bench/results" / ("quick" if MODE == "quick" else "")
ENVIRONMENT = {
    "GUIDE_TODAY": TODAY, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "SITE_URL": "",
}  # fmt: skip
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
GUIDE = [sys.executable, "-c", "from macros.commands import main; main()", "site"]
OUTPUTS = ("site", "site-server", "public", "resources", ".cache", ".guide")
SAMPLE = 50
"""Policies whose section pages are weighed: the same at every size from 500 pages on."""

NAMES = {
    "lean": "lean Material, cold",
    "bare": "ours, cold, no PDFs",
    "cold": "ours, cold, with PDFs",
    "same": "ours, nothing changed",
    "edit": "ours, one clause edited",
    "stock": "stock Material, cold",
    "hugo": "Hugo, cold",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One figure that the guide is to reach."""

    what: str
    figure: float
    most: float
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.figure <= self.most

    def __str__(self) -> str:
        return f"{self.what:<58}{self.figure:>9.2f}{self.unit:<4} at most {self.most:g}{self.unit:<4} {'met' if self.met else 'MISSED'}"


def switched_off() -> bool:
    """Whether the package knows GUIDE_PDF=off."""
    return any("GUIDE_PDF" in path.read_text(encoding="utf-8") for path in (ROOT / "macros").rglob("*.py"))


def clean(folder: Path) -> None:
    for name in OUTPUTS:
        shutil.rmtree(folder / name, ignore_errors=True)


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def digest(folder: Path) -> str:
    """One name for all files of a site and their bytes."""
    whole = sha256()
    for path in sorted(files(folder)):
        whole.update(f"{path.relative_to(folder)}\n".encode() + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


class Bench:
    """The projects of one size, and what was measured on them."""

    def __init__(self, folder: Path, pages: int, seed: int) -> None:
        self.folder = folder
        self.pages = pages
        self.library: Library = library(Shape.of_pages(pages), seed)
        self.cases = ["lean", *(["bare"] if switched_off() else []), "cold", "same", "edit"]
        self.cases += ["stock"] if pages <= STOCK else []
        self.cases += ["hugo"] if shutil.which("hugo") else []
        self.taken: dict[str, list[usage.Usage]] = {case: [] for case in self.cases}
        self.sizes: dict[str, dict[str, float]] = {}
        self.faults: list[str] = []
        for form in ("guide", *(case for case in self.cases if case in FORMS)):
            FORMS[form](self.library, folder / form)

    def run(self) -> None:
        """Every case once."""
        for case in list(self.cases):
            try:
                used = getattr(self, case)()
            except (usage.Failed, OSError) as failed:
                if case != "hugo":
                    raise
                self.cases.remove(case)  # it is only for company
                print(f"  Hugo is left out: {failed}", flush=True)
                continue
            self.taken[case].append(used)
            print(
                f"  {self.pages:>5} pages  {NAMES[case]:<26}{used.cpu:8.2f} s CPU{used.wall:8.2f} s wall{used.peak:7.0f} MB",
                flush=True,
            )

    def plain(self, form: str, command: list[str]) -> usage.Usage:
        clean(self.folder / form)
        used = usage.measure(command, self.folder / form, ENVIRONMENT)
        self.weigh(form, self.folder / form / ("public" if form == "hugo" else "site"))
        return used

    def lean(self) -> usage.Usage:
        return self.plain("lean", MKDOCS)

    def stock(self) -> usage.Usage:
        return self.plain("stock", MKDOCS)

    def hugo(self) -> usage.Usage:
        return self.plain("hugo", ["hugo", "--quiet"])

    def bare(self) -> usage.Usage:
        clean(self.folder / "guide")
        used = usage.measure(GUIDE, self.folder / "guide", ENVIRONMENT | {"GUIDE_PDF": "off"})
        if any(path.suffix == ".pdf" for path in files(self.folder / "guide/site")):
            self.fault("GUIDE_PDF=off wrote PDFs all the same")
        return used

    def cold(self) -> usage.Usage:
        clean(self.folder / "guide")
        used = usage.measure(GUIDE, self.folder / "guide", ENVIRONMENT)
        self.weigh("guide", self.folder / "guide/site")
        self.before = digest(self.folder / "guide/site")
        return used

    def same(self) -> usage.Usage:
        used = usage.measure(GUIDE, self.folder / "guide", ENVIRONMENT)
        if digest(self.folder / "guide/site") != self.before:
            self.fault("built again with nothing changed, the site is another")
        return used

    def edit(self) -> usage.Usage:
        """One clause of a policy in the middle gets other words, and afterwards its own again."""
        policy = self.library.policies[len(self.library.policies) // 2]
        section = policy.sections[3]
        file = section_file(self.folder / "guide", policy, section)
        mark = f"xyzzy{len(self.taken['edit'])}"
        save(file, section_page(with_mark(section, 4, mark)))
        used = usage.measure(GUIDE, self.folder / "guide", ENVIRONMENT)
        page = self.folder / "guide/site/policies" / policy.id / section.file / "index.html"
        if mark not in page.read_text(encoding="utf-8"):
            self.fault("an edited clause is not on its page")
        save(file, section_page(section))
        return used

    def fault(self, words: str) -> None:
        if words not in self.faults:
            self.faults.append(words)
            print(f"  WRONG: {words}", flush=True)

    def weigh(self, form: str, site: Path) -> None:
        every = {path: path.stat().st_size for path in files(site)}
        sections = [
            (site / "policies" / policy.id / section.file / "index.html").read_bytes()
            for policy in self.library.policies[:SAMPLE]
            for section in policy.sections
        ]
        packed = [len(gzip.compress(page, 6)) for page in sections]
        pdfs = [size for path, size in every.items() if path.suffix == ".pdf"]
        self.sizes[form] = {
            "site_mb": sum(every.values()) / 1e6,
            "html_pages": sum(1 for path in every if path.suffix == ".html"),
            "html_mb": sum(size for path, size in every.items() if path.suffix == ".html") / 1e6,
            "section_kb": statistics.mean(map(len, sections)) / 1e3,
            "section_gzip_kb": statistics.mean(packed) / 1e3,
            "section_gzip_kb_most": max(packed) / 1e3,
            "pdfs": len(pdfs),
            "pdf_kb": statistics.mean(pdfs) / 1e3 if pdfs else 0,
        }

    def median(self, case: str) -> usage.Usage:
        runs = self.taken[case]
        return usage.Usage(**{name: statistics.median(asdict(run)[name] for run in runs) for name in asdict(runs[0])})

    def ratio(self, case: str, beside: str = "lean") -> float:
        """The CPU of a case over that of another in the same round; the median of the rounds."""
        return statistics.median(
            one.cpu / other.cpu for one, other in zip(self.taken[case], self.taken[beside], strict=True)
        )

    @property
    def without_pdfs(self) -> str:
        """The case that stands for a cold build of the pages alone."""
        return "bare" if "bare" in self.cases else "cold"

    def data(self) -> dict[str, object]:
        shape = self.library.shape
        return {
            "pages": self.pages, "policies": shape.policies, "laws": shape.laws, "sizes": self.sizes, "faults": self.faults,
            "cases": {
                case: {"median": asdict(self.median(case)), "ratio": self.ratio(case), "runs": list(map(asdict, runs))}
                for case, runs in self.taken.items() if case in self.cases
            },
        }  # fmt: skip


def exponent(benches: Sequence[Bench], case: str) -> float | None:
    """The power of the pages with which CPU grows: the slope through all sizes from 500 on, or through all there are."""
    points = [(bench.pages, bench.median(case).cpu) for bench in benches if case in bench.cases]
    large = [point for point in points if point[0] >= 500]
    points = large if len(large) > 1 else points
    if len(points) < 2:
        return None
    return statistics.linear_regression([math.log(x) for x, _ in points], [math.log(y) for _, y in points]).slope


def targets(benches: Sequence[Bench]) -> Iterator[Target]:
    """The figures of the run that have a target."""
    for bench in benches:
        pages = f"at {bench.pages:,} pages"
        cold = bench.without_pdfs
        if bench.pages >= 500:
            yield Target(what=f"cold, no PDFs, beside lean, {pages}", figure=bench.ratio(cold), most=1.5, unit=" ×")
            if cold == "bare":
                pdfs = statistics.median(
                    one.cpu - other.cpu for one, other in zip(bench.taken["cold"], bench.taken["bare"], strict=True)
                )
                each = pdfs / bench.library.shape.policies
                yield Target(what=f"CPU for one PDF, {pages}", figure=each, most=0.25, unit=" s")
            yield Target(what=f"one PDF, {pages}", figure=bench.sizes["guide"]["pdf_kb"], most=120, unit=" kB")
        if bench.pages in (2000, 8000):
            most = 350 if bench.pages == 2000 else 450
            yield Target(what=f"peak memory, {pages}", figure=bench.median(cold).peak, most=most, unit=" MB")
        if bench.pages == 2000:
            yield Target(
                what=f"nothing changed, beside lean cold, {pages}", figure=bench.ratio("same"), most=0.25, unit=" ×"
            )
            size = bench.sizes["guide"]["site_mb"] / bench.sizes["lean"]["site_mb"]
            yield Target(what=f"size of the site beside lean’s, {pages}", figure=size, most=2.2, unit=" ×")
        most_page = bench.sizes["guide"]["section_gzip_kb_most"]
        yield Target(what=f"largest section page, gzip, {pages}", figure=most_page, most=12, unit=" kB")
    large = [bench for bench in benches if bench.pages >= 500]
    if len(large) > 1:
        weights = [bench.sizes["guide"]["section_gzip_kb"] for bench in large]
        differs = 100 * (max(weights) / min(weights) - 1)
        yield Target(what="the same section pages in the larger library", figure=differs, most=3, unit=" %")
        power = exponent(benches, large[0].without_pdfs)
        assert power is not None
        yield Target(
            what=f"exponent of growth, {large[0].pages:,} to {large[-1].pages:,} pages", figure=power, most=1.05
        )


def table(benches: Sequence[Bench]) -> Iterator[str]:
    yield f"{'pages':>6}  {'case':<26}{'CPU s':>9}{'× lean':>8}{'wall s':>9}{'peak MB':>9}{'site MB':>9}{'HTML pages':>12}"
    for bench in benches:
        for case in bench.cases:
            used = bench.median(case)
            size = bench.sizes.get({"cold": "guide"}.get(case, case))
            weight = f"{size['site_mb']:>9.1f}{size['html_pages']:>12,}" if size else ""
            yield f"{bench.pages:>6}  {NAMES[case]:<26}{used.cpu:>9.2f}{bench.ratio(case):>8.2f}{used.wall:>9.2f}{used.peak:>9.0f}{weight}"
        yield ""
    yield "Growth (exponent of CPU over pages, from 500 pages on where two such sizes were built):"
    for case, name in NAMES.items():
        power = exponent(benches, case) if any(case in bench.cases for bench in benches) else None
        if power is not None:
            yield f"  {name:<26}{power:>6.2f}"


def report(
    here: dict[str, object], benches: Sequence[Bench], seed: int, rounds: Sequence[int]
) -> tuple[str, dict[str, object]]:
    """All figures, for a person and for programs."""
    each = list(targets(benches))
    rows = [
        f"Machine: {machine.in_words(here)}.",
        f"Seed {seed}; rounds {', '.join(map(str, rounds))}; the middle one counts.",
        *(
            []
            if switched_off()
            else ["The package does not know GUIDE_PDF=off, so what is called “no PDFs” was measured with PDFs."]
        ),
        "",
        *table(benches),
        "",
        "Targets:",
        *(f"  {target}" for target in each),
        "  one clause edited, beside nothing changed (“little more”):  "
        + ", ".join(f"{bench.ratio('edit', 'same'):.2f} × at {bench.pages:,}" for bench in benches),
        *(f"WRONG at {bench.pages:,} pages: {fault}" for bench in benches for fault in bench.faults),
    ]
    data = {
        "machine": here, "seed": seed, "rounds": list(rounds), "pdf_switch": switched_off(),
        "sizes": [bench.data() for bench in benches],
        "exponents": {case: exponent(benches, case) for case in NAMES},
        "targets": [asdict(target) | {"met": target.met} for target in each],
    }  # fmt: skip
    return "\n".join(rows) + "\n", data


def rounds_of(pages: int, asked: int | None) -> int:
    if asked:
        return asked
    return 1 if MODE == "quick" or pages > 2000 else 2 if pages > 500 else 3


def measure(sizes: Iterable[int], asked: int | None, seed: int) -> Iterator[tuple[Bench, int]]:
    """Each size with its rounds, as soon as it is measured."""
    for pages in sizes:
        with tempfile.TemporaryDirectory(prefix="guide-bench-") as temporary:
            bench = Bench(Path(temporary), pages, seed)
            rounds = rounds_of(pages, asked)
            for _ in range(rounds):
                bench.run()
        bench.library = replace(bench.library, policies=(), laws=())  # its words are not needed any more
        yield bench, rounds


def write(into: Path, here: dict[str, object], benches: Sequence[Bench], seed: int, rounds: Sequence[int]) -> str:
    """Write the results of the sizes so far; the table."""
    text, data = report(here, benches, seed, rounds)
    lines = {
        name: points
        for case, name in NAMES.items()
        if (points := [(bench.pages, bench.median(case).cpu) for bench in benches if case in bench.cases])
    }
    note = f"{here['cpu']}, {here['cores']} cores; Python {here['python']}"
    drawing = growth.draw(lines, title="CPU seconds of a build", across="pages of the library", note=note)
    into.mkdir(parents=True, exist_ok=True)
    (into / "build.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (into / "build.txt").write_text(text, encoding="utf-8")
    (into / "growth.svg").write_text(drawing, encoding="utf-8")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or 1))
    parser.add_argument("--into", type=Path, default=RESULTS)
    asked = parser.parse_args()
    usage.end_in_order()
    here = machine.machine()
    compileall.compile_dir(ROOT / "macros", quiet=2)  # else the first build of ours would pay for it
    benches: list[Bench] = []
    rounds: list[int] = []
    text = ""
    try:
        for bench, count in measure(sorted(asked.sizes), asked.rounds, asked.seed):
            benches.append(bench)
            rounds.append(count)
            text = write(asked.into, here, benches, asked.seed, rounds)
    except usage.Failed as failed:
        sys.exit(f"This failed, so the sizes from here on are not compared:\n{failed}")
    print(f"\n{text}\nWritten to {asked.into}.")


if __name__ == "__main__":
    main()
