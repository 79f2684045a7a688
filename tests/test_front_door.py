"""Public functions take a form, or the path of one, and give the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

import liuwen as lw

FORM = """
| survey |
| | type | name | label | relevant |
| | integer | wells | How many wells? | |
| | text | why | Why none? | ${wells} = 0 |
| settings |
| | form_id | version |
| | wells | 1 |
"""

SUBMISSION = b'<data id="wells" version="1"><wells>2</wells><why/><meta><instanceID>uuid:1</instanceID></meta></data>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A form on disk."""
    path = tmp_path / "wells.md"
    path.write_text(FORM, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "verb",
    [
        lambda form: lw.check(form).findings.values.tolist(),
        lambda form: str(lw.compare(form, form)),
        lambda form: lw.coverage(form, 2).complete,
        lambda form: lw.interview(form).question.label,
        lambda form: len(lw.preview(form).submissions),
        lambda form: lw.print_form(form, language="en"),
        lambda form: lw.read_responses([SUBMISSION], form).table["wells"].tolist(),
        lambda form: lw.simulate(form, 2, seed=3).table["wells"].tolist(),
    ],
    ids=["check", "compare", "coverage", "interview", "preview", "print_form", "read_responses", "simulate"],
)
def test_a_verb_takes_a_form_or_its_path(verb: Callable[..., object], path: Path) -> None:
    """A path as text, a path, or the form itself."""
    assert verb(str(path)) == verb(path) == verb(lw.read_form(path))
