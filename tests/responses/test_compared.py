"""The table of features in the documents names tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\|.*\| `(test_\w+)` \|$", re.MULTILINE)


@pytest.mark.parametrize("page", ["docs/tasks/load.md", "docs/zh/tasks/load.md"])
def test_each_feature_names_the_test_that_holds_it(page: str) -> None:
    """In both languages, the same ones."""
    written = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "responses").rglob("test_*.py"))
    named = ROW.findall((ROOT / page).read_text(encoding="utf-8"))
    assert len(named) >= 20
    assert [name for name in named if f"def {name}(" not in written] == []


def test_both_languages_name_the_same_tests() -> None:
    """A row a feature."""
    pages = [ROW.findall((ROOT / page).read_text(encoding="utf-8")) for page in ("docs/tasks/load.md", "docs/zh/tasks/load.md")]
    assert pages[0] == pages[1]
