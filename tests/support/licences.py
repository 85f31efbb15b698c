"""`make licences`: what others made and this product ships or installs, with its licence, in THIRD-PARTY.md.
`make sbom`: the same as a bill of materials that scanners read, sbom.json, in CycloneDX 1.6 (https://cyclonedx.org/).
"""

import importlib.metadata
import json
import re
import subprocess
import sys

import yaml
from support.environments import ROOT, environment

LIST = ROOT / "THIRD-PARTY.md"
SBOM = ROOT / "sbom.json"
LOCK = ROOT / "requirements/site.txt"
SHIPPED = ROOT / "requirements/shipped.yml"
NAMED = {
    "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache-2": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0", "BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause", "MIT License": "MIT", "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "The Unlicense (Unlicense)": "Unlicense", "BSD 3-Clause License": "BSD-3-Clause",
    "Python Software Foundation License": "PSF-2.0", "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""The identifier of https://spdx.org/licenses/ for what packages write in its place."""
ELSEWHERE = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0", "pywin32": "PSF-2.0"}
"""Packages of the lock that only some systems install."""
ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "MIT",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Unlicense",
        "W3C",
        "HPND",
    }
)
"""Licences under which a school may use and pass on the guide as it likes."""


def packages() -> dict[str, tuple[str, str]]:
    """The version and the licence of each package that building the site installs."""
    found = {}
    for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", LOCK.read_text(encoding="utf-8")):
        found[name] = (version, ELSEWHERE.get(name) or licence_of(name))
    return found


def licence_of(name: str) -> str:
    facts = importlib.metadata.metadata(name)
    stated = facts.get("License-Expression") or facts.get("License") or ""
    classified = [
        line.rpartition(" :: ")[2] for line in facts.get_all("Classifier") or () if line.startswith("License ::")
    ]
    for words in (stated, *classified):
        if (short := NAMED.get(words.strip(), words.strip())) and set(
            re.split(r" (?:AND|OR|WITH) ", short.strip("()"))
        ) & ALLOWED:
            return short
    raise SystemExit(
        f"{name}: its licence is not known by a name of SPDX ({stated[:60]!r}, {classified}). Add it to NAMED in {__file__}."
    )


def shipped() -> list[dict]:
    pieces = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    versions = packages()
    for piece in pieces:
        piece.setdefault("version", versions[piece["package"]][0] if "package" in piece else "")
    return pieces


def listing() -> str:
    """THIRD-PARTY.md."""
    lines = [
        "# What others made", "",
        "Made by `make licences`; do not change it here. The guide itself is under the [MIT licence](LICENSE).", "",
        "## In this repository and in every site", "",
        "| What | Version | Licence | Its text |", "|---|---|---|---|",
    ]  # fmt: skip
    for piece in shipped():
        lines.append(
            f"| [{piece['name']}]({piece['source']}) | {piece['version']} | {piece['licence']} | [text]({piece['text']}) |"
        )
        lines += [
            f"| within it: {part['name']} | {part['version']} | {part['licence']} | the same |"
            for part in piece.get("holds", ())
        ]
    lines += ["", "## Installed to build the site", "", "| Package | Version | Licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {licence} |" for name, (version, licence) in sorted(packages().items())]
    return "\n".join(lines) + "\n"


def bill_of_materials() -> dict:
    """The bill that cyclonedx-py makes of the lock, with the licences of packages and what the repository holds beside them."""
    lock = ROOT / "requirements/sbom.txt"
    python = environment("sbom", [lock], [["install", "--require-hashes", "-r", str(lock)]])
    made = subprocess.run(
        [str(python), "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--spec-version", "1.6", "--pyproject", str(ROOT / "pyproject.toml"), str(LOCK)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    bill = json.loads(made.stdout)
    licences = {name: licence for name, (_, licence) in packages().items()}
    for component in bill["components"]:
        component["licenses"] = [named(licences[component["name"]])]
        component.pop("description", None)
        component.pop("externalReferences", None)  # the index that a school installs from is its own affair
    for piece in shipped():
        if "package" not in piece:
            bill["components"].append(component_of(piece, piece["source"]))
        bill["components"] += [
            component_of(part, f"https://www.npmjs.com/package/{part['name']}") for part in piece.get("holds", ())
        ]
    return bill


def component_of(piece: dict, source: str) -> dict:
    return {
        "type": "library", "bom-ref": piece["name"], "name": piece["name"], "version": str(piece["version"]), "licenses": [named(piece["licence"])],
        "externalReferences": [{"type": "website", "url": source}],
    }  # fmt: skip


def named(licence: str) -> dict:
    return {"expression": licence} if " " in licence else {"license": {"id": licence}}


def main() -> None:
    if "--sbom" in sys.argv:
        SBOM.write_text(json.dumps(bill_of_materials(), indent=2) + "\n", encoding="utf-8")
        print(f"Wrote {SBOM.name}.")
    else:
        LIST.write_text(listing(), encoding="utf-8")
        print(f"Wrote {LIST.name}.")


if __name__ == "__main__":
    main()
