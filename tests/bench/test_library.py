"""The library that is measured: the same by its seed, and one that the guide takes as it is."""

import sys
from hashlib import sha256
from pathlib import Path

import pytest
from support.project import DAY, ROOT

from macros import project

sys.path.insert(0, str(ROOT))
from bench.library import FORMS, SIZES, Shape, law, library, policy_id


def digest(folder: Path) -> str:
    """One name for every file of a folder and its bytes; the package itself, a link, left out."""
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            whole.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def written(folder: Path, form: str, seed: int) -> Path:
    FORMS[form](library(Shape.of_pages(SIZES[0]), seed), folder)
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_a_seed_stands_for_one_library(tmp_path, form):
    one, same, other = (written(tmp_path / name, form, seed) for name, seed in (("one", 1), ("same", 1), ("other", 2)))
    assert digest(one) == digest(same) != digest(other)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_library_has_no_problems(tmp_path, seed):
    site = project.load(written(tmp_path / "library", "guide", seed) / "mkdocs.yml", today=DAY)
    assert len(site.pages) == SIZES[0]
    assert len(site.guide.clauses) == 80 * len(site.guide.policies)
    ties = sum(len(clause.citations) for clause in site.guide.clauses.values()) / len(site.guide.clauses)
    assert 1 <= ties <= 3
    policies = site.guide.policies.values()
    for share in (
        [policy.editions for policy in policies],
        [policy.reviews for policy in policies],
        [policy.appendices for policy in policies],
        [any(ask.owner.startswith(f"{policy.id}/") for ask in site.phrasings.entries) for policy in policies],
    ):
        assert any(share)
        assert not all(share)


@pytest.mark.parametrize("size", SIZES)
def test_a_library_has_the_pages_that_were_asked_for(size):
    assert Shape.of_pages(size).pages == size


def test_every_form_has_the_same_pages(tmp_path):
    guide, lean, hugo = (written(tmp_path / form, form, 1) for form in ("guide", "lean", "hugo"))
    pages = {path.relative_to(guide / "docs") for path in (guide / "docs").rglob("*.md")}
    assert {path.relative_to(lean / "docs") for path in (lean / "docs").rglob("*.md")} == pages
    assert len(list((hugo / "content").rglob("*.md"))) == len(pages)


def test_names_and_asks_do_not_meet_in_the_largest_library():
    shape = Shape.of_pages(SIZES[-1])
    laws = [law(number, shape, 1) for number in range(shape.laws)]
    for names in (
        [policy_id(number) for number in range(shape.policies)],
        [each.id for each in laws],
        [ask for each in laws for ask in each.asks],
    ):
        assert len(names) == len(set(names))
