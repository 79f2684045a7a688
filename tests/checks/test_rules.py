"""Every rule is registered, tested and named for what it finds."""

from pathlib import Path

from liuwen.checks import rules
from liuwen.checks.checking import rule_name
from liuwen.checks.rules import RULES

FOLDER = Path(rules.__file__).parent


def test_every_file_is_a_rule_and_every_rule_has_its_file() -> None:
    """The tuple and the folder hold the same."""
    files = {path.stem for path in FOLDER.rglob("*.py")} - {"__init__"}
    assert files == {rule.__name__ for rule in RULES}
    assert len(RULES) == len(files) >= 40


def test_every_rule_has_tests() -> None:
    """In a file of the same name."""
    tested = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "rules").rglob("test_*.py")}
    assert tested == {rule.__name__ for rule in RULES}


def test_names_are_written_with_hyphens() -> None:
    """As they stand in reports and in `liuwen: ignore=`."""
    assert all(rule_name(rule).replace("-", "").isalpha() for rule in RULES)
