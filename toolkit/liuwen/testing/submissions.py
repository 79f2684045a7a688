"""For tests of your own forms and analyses: hypothesis strategies. Needs hypothesis, which `liuwen[test]` brings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from liuwen.form.model import Form

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def submissions(form: Form, *, answers: Mapping[str, Any] | None = None) -> "SearchStrategy[bytes]":
    r"""Submissions of `form` as XML, each filled in by the phone's own engine and marked synthetic.

    `answers` settles questions by name as in `liuwen.simulation`. Hypothesis draws the seed, so that a failing example is found
    again; it does not make a submission smaller.

    >>> from hypothesis import given, settings
    >>> from liuwen.form import read_form
    >>> form = read_form(b"| survey |\n| | type | name | label | constraint |\n| | integer | wells | Wells? | . >= 0 and . < 9 |")
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
