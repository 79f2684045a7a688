"""What changed from one version of a form to another, and what each change does to answers already collected.

Questions are recognised by an equal label or name; what only looks similar is suggested. Each change is safe, needs
earlier answers to be mapped, or loses data.
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
    r"""Compare two versions of a form, or two forms.

    A question counts as the same if its label or its name is equal. A question that only looks similar ("Number of boys",
    "Number of girls") is a suggestion, in the sentence about the removed one and in `Changes.suggested`.

    Args:
        older: The form that answers were collected with, or the path of one.
        newer: The form that is to replace it, or the path of one.
        renamed: Old name or path → new name, for questions that you know to be the same.

    Returns:
        Every change, with its effect on answers already collected; those that lose data come first.

    Example:
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
