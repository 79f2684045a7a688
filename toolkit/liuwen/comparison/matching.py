"""Which question of the newer form is which of the older: by path, by name, or recognised under a new name."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from liuwen.comparison.likeness import likeness, wording_likeness
from liuwen.form.elements import Element
from liuwen.form.model import Form

_MOST_COMPARED = 10_000
_ALIKE = 0.62


@dataclass
class Matches:
    """The pairs found, both ways; elements are told apart by their row."""

    older: Form
    newer: Form
    new_of: dict[int, Element] = field(default_factory=dict)
    old_of: dict[int, Element] = field(default_factory=dict)

    def pair(self, old: Element, new: Element) -> None:
        """Hold that `new` is what `old` was."""
        self.new_of[old.row] = new
        self.old_of[new.row] = old

    @property
    def pairs(self) -> Iterator[tuple[Element, Element]]:
        """Older and newer element, in the order of the newer form."""
        return ((self.old_of[new.row], new) for new in self.newer.elements if new.row in self.old_of)

    @property
    def removed(self) -> list[Element]:
        """Elements of the older form that the newer has no more."""
        return [old for old in self.older.elements if old.row not in self.new_of]

    @property
    def added(self) -> list[Element]:
        """Elements of the newer form that the older did not have."""
        return [new for new in self.newer.elements if new.row not in self.old_of]

    def parents_match(self, old: Element, new: Element) -> bool:
        """Whether both stand in what is the same group, or both at the top."""
        if not old.parents or not new.parents:
            return not old.parents and not new.parents
        return self.new_of.get(old.parents[-1].row) is new.parents[-1]


def match_elements(older: Form, newer: Form) -> Matches:
    """Pair the elements of two forms: the same path first, then the same name, then the most alike of what is left."""
    matches = Matches(older, newer)
    _pair_by_path(matches)
    _pair_by_name(matches)
    for kind in ("question", "repeat", "group"):
        _pair_by_likeness(matches, kind)
    return matches


def _pair_by_path(matches: Matches) -> None:
    places: dict[tuple[str, ...], list[Element]] = {}
    for new in matches.newer.elements:
        places.setdefault(new.path, []).append(new)
    for old in matches.older.elements:
        if found := places.get(old.path):
            matches.pair(old, found.pop(0))


def _pair_by_name(matches: Matches) -> None:
    removed, added = _once_named(matches.removed), _once_named(matches.added)
    for name in removed.keys() & added.keys():
        if (removed[name].kind == "question") == (added[name].kind == "question"):
            matches.pair(removed[name], added[name])


def _once_named(elements: list[Element]) -> dict[str, Element]:
    counts = Counter(element.name for element in elements)
    return {element.name: element for element in elements if element.name and counts[element.name] == 1}


def _pair_by_likeness(matches: Matches, kind: str) -> None:
    removed = [old for old in matches.removed if old.kind == kind]
    added = [new for new in matches.added if new.kind == kind]
    scored = [(_score(matches, old, new), -new.row, old, new) for old, new in _candidates(removed, added)]
    for score, _, old, new in sorted(scored, key=lambda each: each[:2], reverse=True):
        if score >= _ALIKE and old.row not in matches.new_of and new.row not in matches.old_of:
            matches.pair(old, new)


def _candidates(removed: list[Element], added: list[Element]) -> Iterable[tuple[Element, Element]]:
    """All pairs, or in forms with little in common those that are called the same or nearly stand in the same row."""
    if len(removed) * len(added) <= _MOST_COMPARED:
        return product(removed, added)
    by_label: dict[str, list[Element]] = {}
    for new in added:
        by_label.setdefault(new.label(), []).append(new)
    rows = [new.row for new in added]
    near = {old.row: added[bisect_left(rows, old.row - 5) : bisect_right(rows, old.row + 5)] for old in removed}
    return ((old, new) for old in removed for new in [*by_label.get(old.label(), [])[:5], *near[old.row]])


def _score(matches: Matches, old: Element, new: Element) -> float:
    """How surely `new` is `old` under another name, from 0 to 1: mostly by what it asks, then by what stands around it."""
    words = _words_alike(matches, old, new)
    names = likeness(old.name, new.name)
    around = _neighbours_alike(matches, old, new)
    if words < 0.6 and not (around == 1 and names >= 0.5):
        return 0.0
    same_type = old.type == new.type and (old.list_name or "") == (new.list_name or "")
    return 0.5 * words + 0.15 * same_type + 0.15 * names + 0.2 * around


def _words_alike(matches: Matches, old: Element, new: Element) -> float:
    if old.kind != "question":
        return max(wording_likeness(old.wordings.get("label"), new.wordings.get("label")), _shared_children(matches, old, new))
    if old.wordings.get("label") or new.wordings.get("label"):
        return wording_likeness(old.wordings.get("label"), new.wordings.get("label"))
    return likeness(old.cell("calculation") or old.type, new.cell("calculation") or new.type)


def _shared_children(matches: Matches, old: Element, new: Element) -> float:
    children = [child for child in matches.older.elements if child.parents and child.parents[-1] is old]
    carried = sum(
        child.row in matches.new_of and bool(parents := matches.new_of[child.row].parents) and parents[-1] is new
        for child in children
    )
    return carried / len(children) if children else 0.0


def _neighbours_alike(matches: Matches, old: Element, new: Element) -> float:
    """1 where the element before or after is the same too, 0.5 where only the group is."""
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
