"""Suggests which removed question may be which new one; the user confirms, nothing is matched automatically."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import product

from liuwen.comparison.likeness import likeness, wording_likeness
from liuwen.comparison.matching import Matches
from liuwen.comparison.retyping import holds_answers
from liuwen.comparison.sameness import same_label
from liuwen.form.elements import Element
from liuwen.form.model import Form

_MOST_COMPARED = 10_000
_ALIKE = 0.62

Suggestions = dict[int, Element]
"""Row in the older form → the similar element of the newer form."""


def suggestions(matches: Matches) -> Suggestions:
    """The most similar pairs of removed and added elements, each element at most once.

    Elements of a section that is itself suggested are omitted if their name is unchanged.
    """
    found: Suggestions = {}
    for kind in ("repeat", "group", "question"):
        _suggest(matches, kind, found)
    return {row: new for row, new in found.items() if not _comes_with_section(matches.older, row, new, found)}


def as_argument(old: Element, new: Element) -> str:
    """The argument that confirms the suggestion: `renamed={"boys": "girls"}`."""
    return f'renamed={{"{"/".join(old.path)}": "{"/".join(new.path)}"}}'


def _suggest(matches: Matches, kind: str, found: Suggestions) -> None:
    removed = [old for old in matches.removed if old.kind == kind and _worth_asking(old)]
    added = [new for new in matches.added if new.kind == kind and _worth_asking(new)]
    scored = [(_score(matches, old, new), -new.row, old, new) for old, new in _candidates(removed, added)]
    taken: set[int] = set()
    for score, _, old, new in sorted(scored, key=lambda each: each[:2], reverse=True):
        if score >= _ALIKE and old.row not in found and new.row not in taken:
            found[old.row] = new
            taken.add(new.row)


def _worth_asking(element: Element) -> bool:
    return bool(element.name) and (element.kind != "question" or holds_answers(element))


def _comes_with_section(older: Form, row: int, new: Element, found: Suggestions) -> bool:
    elements = older.elements
    old = elements[bisect_left(elements, row, key=lambda each: each.row)]
    if not old.parents or not new.parents or old.name != new.name:
        return False
    return found.get(old.parents[-1].row) is new.parents[-1]


def _candidates(removed: list[Element], added: list[Element]) -> Iterable[tuple[Element, Element]]:
    """All pairs; in forms with little in common, only pairs of equal name or almost equal row."""
    if len(removed) * len(added) <= _MOST_COMPARED:
        return product(removed, added)
    by_label: dict[str, list[Element]] = {}
    for new in added:
        by_label.setdefault(new.label(), []).append(new)
    rows = [new.row for new in added]
    near = {old.row: added[bisect_left(rows, old.row - 5) : bisect_right(rows, old.row + 5)] for old in removed}
    return ((old, new) for old in removed for new in [*by_label.get(old.label(), [])[:5], *near[old.row]])


def _score(matches: Matches, old: Element, new: Element) -> float:
    """Similarity of `new` to `old` from 0 to 1: mostly the wording, then the neighbours."""
    words = _wording_score(matches, old, new)
    names = likeness(old.name, new.name)
    around = _neighbour_score(matches, old, new)
    if words < 0.6 and not (around == 1 and names >= 0.5):
        return 0.0
    same_type = old.type == new.type and (old.list_name or "") == (new.list_name or "")
    return 0.5 * words + 0.15 * same_type + 0.15 * names + 0.2 * around


def _wording_score(matches: Matches, old: Element, new: Element) -> float:
    if old.kind != "question":
        return max(wording_likeness(old.wordings.get("label"), new.wordings.get("label")), _shared_children(matches, old, new))
    if old.wordings.get("label") or new.wordings.get("label"):
        return wording_likeness(old.wordings.get("label"), new.wordings.get("label"))
    return likeness(old.cell("calculation") or old.type, new.cell("calculation") or new.type)


def _shared_children(matches: Matches, old: Element, new: Element) -> float:
    before, after = (
        {child.name: child for child in form.elements if child.parents and child.parents[-1] is section}
        for form, section in ((matches.older, old), (matches.newer, new))
    )
    shared = sum(name in after and same_label(child, after[name]) for name, child in before.items())
    return shared / len(before) if before else 0.0


def _neighbour_score(matches: Matches, old: Element, new: Element) -> float:
    """1 if the element before or after matches too, 0.5 if only the group does."""
    befores, afters = _neighbours(matches.older, old), _neighbours(matches.newer, new)
    for before, after in zip(befores, afters, strict=True):
        if (before is None and after is None) or (before and after and matches.new_of.get(before.row) is after):
            return 1.0
    return 0.5 if matches.parents_match(old, new) else 0.0


def _neighbours(form: Form, element: Element) -> tuple[Element | None, Element | None]:
    elements = form.elements
    position = bisect_left(elements, element.row, key=lambda each: each.row)
    before = elements[position - 1] if position else None
    after = elements[position + 1] if position + 1 < len(elements) else None
    return before, after
