"""Hypothesis strategies for tests of your own forms and analyses. Requires hypothesis, which `liuwen[test]` installs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from liuwen.form.model import Form

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def submissions(form: Form, *, answers: Mapping[str, Any] | None = None) -> "SearchStrategy[bytes]":
    r"""A hypothesis strategy that draws submissions of a form, each filled in by JavaRosa and marked as synthetic.

    Hypothesis draws the seed, so a failing example is found again; it does not make a submission smaller.

    Args:
        form: The form.
        answers: Fixed answers by question, as in `simulate`.

    Returns:
        A strategy for the XML of submissions.

    Example:
        >>> from hypothesis import given, settings
        >>> from liuwen.form import read_form
        >>> header = b"| survey |\n| | type | name | label | constraint |\n"
        >>> form = read_form(header + b"| | integer | wells | Wells? | . >= 0 and . < 9 |")
        >>> @settings(max_examples=5, deadline=None, database=None)
        ... @given(submissions(form))
        ... def wells_are_counted(xml):
        ...     assert b"<wells" in xml
        >>> wells_are_counted()
    """
    from hypothesis import strategies

    from liuwen.simulation import submissions as made

    settled = dict(answers or {})
    return strategies.integers(0, 2**32 - 1).map(lambda seed: made(form, 1, seed=seed, answers=settled)[0])
