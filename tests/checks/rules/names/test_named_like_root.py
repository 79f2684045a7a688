"""A question or group named like the root."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_an_error_at_its_name_referred_to_or_not(found: Found) -> None:
    """Portuguese forms call a date “data”."""
    form = """
| survey |
| | type | name | label |
| | date | data | Data da visita |
| | begin group | g | G |
| | text | data | Data |
| | end group | | |
"""
    assert found("named-like-root", form) == [("error", 2, "name"), ("error", 4, "name")]


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
    assert found("named-like-root", form) == [("error", 3, "name")]
