"""What changed from one form to another, and what each change does to data already collected.

Questions are recognised under a new name or in another group by an equal label; what only looks alike is suggested.
`Changes` says of each change whether it is safe, needs earlier answers to be mapped, or loses data.
"""

from collections.abc import Mapping
from types import MappingProxyType

from liuwen.comparison.changes import Change, Changes, Effect
from liuwen.comparison.choices import choice_changes
from liuwen.comparison.frame import frame_changes, same_version
from liuwen.comparison.matching import match_elements
from liuwen.comparison.questions import question_changes
from liuwen.form.reading import FormLike, as_form

__all__ = ["Change", "Changes", "Effect", "compare"]

_WORST_FIRST = ("loses", "mapping", "safe")


def compare(older: FormLike, newer: FormLike, renamed: Mapping[str, str] = MappingProxyType({})) -> Changes:
    r"""What changed from `older` to `newer`: two versions of a form, or two forms.

    A question counts as the same by an equal label or an equal name. One that merely looks alike is a suggestion, in the
    sentence about the removed one and in `Changes.suggested`: "Number of boys" and "Number of girls" are alike too.

    Args:
        older: The form that answers were collected with, or its path.
        newer: The form that they are to be read by, or its path.
        renamed: What a person knows to be the same: old name or path → new.

    Returns:
        The changes, those that lose data first.

    >>> from liuwen.form import read_form
    >>> older = read_form(b"| survey |\n| | type | name | label |\n| | integer | age | Your age? |")
    >>> newer = read_form(b"| survey |\n| | type | name | label |\n| | text | years | Your age? |")
    >>> [(change.kind, change.effect) for change in compare(older, newer)]
    [('renamed', 'mapping'), ('retyped', 'safe')]
    """
    older, newer = as_form(older), as_form(newer)
    matches = match_elements(older, newer, renamed)
    changes = [*question_changes(matches), *choice_changes(matches), *frame_changes(older, newer)]
    if changes and newer.version and newer.version == older.version and newer.id == older.id:
        changes.append(same_version(newer))
    return Changes(tuple(sorted(changes, key=lambda change: _WORST_FIRST.index(change.effect))))
