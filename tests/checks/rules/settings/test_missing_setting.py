"""A setting that a form should not go without."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_neither_id_nor_title_nor_version(found: Found) -> None:
    """Neither ID, nor title, nor version."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
"""
    assert found("missing-setting", form) == [
        ("warning", None, "form_id"),
        ("note", None, "form_title"),
        ("note", None, "version"),
    ]


def test_all_three(found: Found) -> None:
    """All three."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | form_title | version |
| | a | A | 1 |
"""
    assert found("missing-setting", form) == []
