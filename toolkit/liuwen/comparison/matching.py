"""Which question of the newer form is which of the older: where a person says so, by an equal label, or by an equal name.

Never by likeness: "Number of boys" and "Number of girls" are alike. What is alike is suggested (`suggesting`).
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


def match_elements(older: Form, newer: Form, renamed: Mapping[str, str] = MappingProxyType({})) -> Matches:
    """Pair the elements of two forms, groups and repeats before the questions in them.

    What `renamed` says (old name or path → new) comes first; then the same name in the same place with the same label; the
    same label, where each form has it once; the same name in the same place; the same name elsewhere, where each form has it
    once. An equal name with another label counts only where types and choices agree.
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


def _left(elements: list[Element], questions: bool) -> list[Element]:
    return [element for element in elements if (element.kind == "question") == questions]


def _pair_in_place(matches: Matches, questions: bool, *, wanting_label: bool) -> None:
    """Pair what bears the same name below the same parent; the first of several counts, as faulty forms may have."""
    places: dict[tuple[int, str], list[Element]] = {}
    for new in _left(matches.added, questions):
        places.setdefault((new.parents[-1].row if new.parents else 0, new.name), []).append(new)
    for old in _left(matches.removed, questions):
        parent = matches.new_of.get(old.parents[-1].row) if old.parents else None
        if old.parents and parent is None:
            continue
        here = places.get((parent.row if parent else 0, old.name), [])
        found = next((new for new in here if _is_it(matches, old, new, wanting_label=wanting_label)), None)
        if found:
            here.remove(found)
            matches.pair(old, found)


def _is_it(matches: Matches, old: Element, new: Element, *, wanting_label: bool) -> bool:
    if same_label(old, new) or not (old.wordings.get("label") or new.wordings.get("label")):
        return True
    return not wanting_label and (old.kind != "question" or fits_by_name(matches.older, old, matches.newer, new))


def _pair_by_label(matches: Matches, questions: bool) -> None:
    """Pair what bears the same label, where neither form has it twice."""
    olds, news = (_by_text(_left(list(form.elements), questions)) for form in (matches.older, matches.newer))
    left = {new.row for new in matches.added}
    for old in _left(matches.removed, questions):
        new = _only_twin(old, news)
        if new and new.row in left and _only_twin(new, olds) is old and same_sort(old, new) and not _in_doubt(matches, old, new):
            matches.pair(old, new)


def _by_text(elements: list[Element]) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in elements:
        label = element.wordings.get("label")
        for text in {plain_text(text) for text in label.texts.values()} if label else ():
            found.setdefault(text, []).append(element)
    return found


def _only_twin(element: Element, others: Mapping[str, list[Element]]) -> Element | None:
    """The only one among `others` that asks the same."""
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
    olds, news = (_once_named(_left(list(form.elements), questions)) for form in (matches.older, matches.newer))
    for old in _left(matches.removed, questions):
        new = news.get(old.name)
        if new is None or new.row in matches.old_of or olds.get(old.name) is not old or _in_doubt(matches, old, new):
            continue
        if _is_it(matches, old, new, wanting_label=False):
            matches.pair(old, new)


def _once_named(elements: list[Element]) -> dict[str, Element]:
    counts = Counter(element.name for element in elements)
    return {element.name: element for element in elements if element.name and counts[element.name] == 1}


def _in_doubt(matches: Matches, old: Element, new: Element) -> bool:
    """Whether one section has given way to another: "Age" asked of the mother is not "Age" asked of the father."""
    gone = any(_gives_meaning(parent) and parent.row not in matches.new_of for parent in old.parents)
    return gone and any(_gives_meaning(parent) and parent.row not in matches.old_of for parent in new.parents)


def _gives_meaning(section: Element) -> bool:
    return section.kind == "repeat" or bool(section.wordings.get("label"))
