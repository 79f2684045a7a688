"""A ${name} that the form does not have."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_in_a_condition_a_label_a_trigger_and_the_settings(found: Found) -> None:
    """In a condition, a label, a trigger and the settings."""
    form = """
| survey |
| | type | name | label | relevant | calculation | trigger |
| | text | village | Where? | | | |
| | text | b | In ${vilage} | ${nowhere} = 'x' | | |
| | calculate | c | | | 1 | ${gone} |
| settings |
| | form_id | instance_name |
| | x | ${missing} |
"""
    assert found("dangling-reference", form) == [
        ("error", 3, "relevant"),
        ("error", 4, "trigger"),
        ("error", 3, "label"),
        ("error", 2, "instance_name"),
    ]


def test_groups_repeats_and_the_instance_id_are_there(found: Found) -> None:
    """Groups, repeats and the instance ID are there."""
    form = """
| survey |
| | type | name | label | relevant |
| | begin repeat | r | R | |
| | text | a | A | |
| | end repeat | | | |
| | text | b | ${instanceID} | count(${r}) > 1 |
"""
    assert found("dangling-reference", form) == []
