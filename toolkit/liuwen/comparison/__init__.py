"""What changed from one form to another, and what each change does to data already collected.

Questions are recognised under a new name or in another group; `Changes` says of each change whether it is safe, needs
earlier answers to be mapped, or loses data.
"""

from liuwen.comparison.changes import Change, Changes, Effect
from liuwen.comparison.choices import choice_changes
from liuwen.comparison.frame import frame_changes, same_version
from liuwen.comparison.matching import match_elements
from liuwen.comparison.questions import question_changes
from liuwen.form.reading import FormLike, as_form

__all__ = ["Change", "Changes", "Effect", "compare"]

_WORST_FIRST = ("loses", "mapping", "safe")


def compare(older: FormLike, newer: FormLike) -> Changes:
    r"""What changed from `older` to `newer`: two versions of a form, or two forms.

    >>> from liuwen.form import read_form
    >>> older = read_form(b"| survey |\n| | type | name | label |\n| | integer | age | Your age? |")
    >>> newer = read_form(b"| survey |\n| | type | name | label |\n| | text | years | Your age? |")
    >>> [(change.kind, change.effect) for change in compare(older, newer)]
    [('renamed', 'mapping'), ('retyped', 'safe')]
    """
    older, newer = as_form(older), as_form(newer)
    matches = match_elements(older, newer)
    changes = [*question_changes(matches), *choice_changes(matches), *frame_changes(older, newer)]
    if changes and newer.version and newer.version == older.version and newer.id == older.id:
        changes.append(same_version(newer))
    return Changes(tuple(sorted(changes, key=lambda change: _WORST_FIRST.index(change.effect))))
