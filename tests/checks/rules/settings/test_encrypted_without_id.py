"""Answers that are to be encrypted, but have no instance ID to be encrypted under."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | public_key | omit_instanceID |
| | a | MIIB | {omit} |
"""


def test_a_key_and_no_id(found: Found) -> None:
    """Said at the setting that takes the ID away."""
    assert found("encrypted-without-id", FORM.format(omit="yes")) == [("error", 2, "omit_instanceID")]


def test_a_key_and_an_id(found: Found) -> None:
    """As it should be."""
    assert found("encrypted-without-id", FORM.format(omit="")) == []
