"""Matches questions of two versions: as the user says, by equal label, or by equal name.

Never by similarity: "Number of boys" and "Number of girls" are similar. Similar questions are only suggested (`suggesting`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from liuwen.comparison.sameness import fits_by_name, plain_text, same_label, same_sort
from liuwen.form.elements import Element
from liuwen.form.model import Form


@dataclass
class Matches:
    """The pairs found, in both directions; elements are identified by their row."""

    older: Form
    newer: Form
    new_of: dict[int, Element] = field(default_factory=dict)
    old_of: dict[int, Element] = field(default_factory=dict)

    def pair(self, old: Element, new: Element) -> None:
        """Record that `new` corresponds to `old`."""
        self.new_of[old.row] = new
        self.old_of[new.row] = old

    @property
    def pairs(self) -> Iterator[tuple[Element, Element]]:
        """Older and newer element, in the order of the newer form."""
        return ((self.old_of[new.row], new) for new in self.newer.elements if new.row in self.old_of)

    @property
    def removed(self) -> list[Element]:
        """Elements of the older form without a match."""
        return [old for old in self.older.elements if old.row not in self.new_of]

    @property
    def added(self) -> list[Element]:
        """Elements of the newer form without a match."""
        return [new for new in self.newer.elements if new.row not in self.old_of]

    def parents_match(self, old: Element, new: Element) -> bool:
        """Whether the parents of both elements match, or both are at the top level."""
        if not old.parents or not new.parents:
            return not old.parents and not new.parents
        return self.new_of.get(old.parents[-1].row) is new.parents[-1]


def match_elements(older: Form, newer: Form, renamed: Mapping[str, str] = MappingProxyType({})) -> Matches:
    """Pair the elements of two forms, groups and repeats before their questions.

    Order of precedence: `renamed` (old name or path → new); equal name and label in the same place; equal label, unique in
    both forms; equal name in the same place; equal name elsewhere, unique in both forms. An equal name with a different
    label counts only if types and choices agree.
    """
    matches = Matches(older, newer)
    for before, after in renamed.items():
        if before in older and after in newer:
            matches.pair(older[before], newer[after])
    for questions in (False, True):
        _pair_in_place(matches, questions, wanting_label=True)
        _pair_by_label(matches, questions)
        _pair_in_place(matches, questions, wanting_label=False)
        _pair_by_name(matches, questions)
    return matches


def _of_kind(elements: list[Element], questions: bool) -> list[Element]:
    return [element for element in elements if (element.kind == "question") == questions]


def _pair_in_place(matches: Matches, questions: bool, *, wanting_label: bool) -> None:
    """Pair elements of equal name under matching parents; if a faulty form repeats a name, the first one counts."""
    places: dict[tuple[int, str], list[Element]] = {}
    for new in _of_kind(matches.added, questions):
        places.setdefault((new.parents[-1].row if new.parents else 0, new.name), []).append(new)
    for old in _of_kind(matches.removed, questions):
        parent = matches.new_of.get(old.parents[-1].row) if old.parents else None
        if old.parents and parent is None:
            continue
        here = places.get((parent.row if parent else 0, old.name), [])
        found = next((new for new in here if _matches_by_name(matches, old, new, wanting_label=wanting_label)), None)
        if found:
            here.remove(found)
            matches.pair(old, found)


def _matches_by_name(matches: Matches, old: Element, new: Element, *, wanting_label: bool) -> bool:
    if same_label(old, new) or not (old.wordings.get("label") or new.wordings.get("label")):
        return True
    return not wanting_label and (old.kind != "question" or fits_by_name(matches.older, old, matches.newer, new))


def _pair_by_label(matches: Matches, questions: bool) -> None:
    """Pair elements of equal label, if the label is unique in both forms."""
    olds, news = (_by_text(_of_kind(list(form.elements), questions)) for form in (matches.older, matches.newer))
    left = {new.row for new in matches.added}
    for old in _of_kind(matches.removed, questions):
        new = _only_twin(old, news)
        if (
            new
            and new.row in left
            and _only_twin(new, olds) is old
            and same_sort(old, new)
            and not _section_replaced(matches, old, new)
        ):
            matches.pair(old, new)


def _by_text(elements: list[Element]) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in elements:
        label = element.wordings.get("label")
        for text in {plain_text(text) for text in label.texts.values()} if label else ():
            found.setdefault(text, []).append(element)
    return found


def _only_twin(element: Element, others: Mapping[str, list[Element]]) -> Element | None:
    """The only one among `others` with the same label and type."""
    label = element.wordings.get("label")
    twins: dict[int, Element] = {}
    for text in label.texts.values() if label else ():
        for other in others.get(plain_text(text), ()):
            if other.row not in twins and same_label(element, other):
                twins[other.row] = other
                if len(twins) > 1:
                    return None
    return next(iter(twins.values()), None)


def _pair_by_name(matches: Matches, questions: bool) -> None:
    olds, news = (_unique_by_name(_of_kind(list(form.elements), questions)) for form in (matches.older, matches.newer))
    for old in _of_kind(matches.removed, questions):
        new = news.get(old.name)
        if new is None or new.row in matches.old_of or olds.get(old.name) is not old or _section_replaced(matches, old, new):
            continue
        if _matches_by_name(matches, old, new, wanting_label=False):
            matches.pair(old, new)


def _unique_by_name(elements: list[Element]) -> dict[str, Element]:
    counts = Counter(element.name for element in elements)
    return {element.name: element for element in elements if element.name and counts[element.name] == 1}


def _section_replaced(matches: Matches, old: Element, new: Element) -> bool:
    """Whether the section has been replaced by another: "Age" of the mother is not "Age" of the father."""
    gone = any(_changes_meaning(parent) and parent.row not in matches.new_of for parent in old.parents)
    return gone and any(_changes_meaning(parent) and parent.row not in matches.old_of for parent in new.parents)


def _changes_meaning(section: Element) -> bool:
    return section.kind == "repeat" or bool(section.wordings.get("label"))
