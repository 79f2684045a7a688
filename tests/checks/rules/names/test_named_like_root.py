"""A question or group named like the root."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from liuwen.errors import ConversionError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


FORM = """
| survey |
| | type | name | label |
| | date | data | {label} |
| | begin group | g | G |
| | text | visita | Visita |
| | end group | | |
"""


@pytest.mark.parametrize(("label", "severity"), [("Data da visita", "warning"), ("Antes de ${data}?", "error")])
def test_an_error_where_something_refers_to_it(found: Found, label: str, severity: str) -> None:
    """Portuguese forms call a date “data”; the conversion fails only then."""
    form = FORM.format(label=label)
    assert found("named-like-root", form) == [(severity, 2, "name")]
    with nullcontext() if severity == "warning" else pytest.raises(ConversionError):
        read_form(form.encode()).to_xform()


def test_the_root_may_have_another_name(found: Found) -> None:
    """By the setting name."""
    form = """
| survey |
| | type | name | label |
| | date | data | Data da visita |
| | text | visita | V |
| settings |
| | form_id | name |
| | f | visita |
"""
    assert found("named-like-root", form) == [("warning", 3, "name")]
