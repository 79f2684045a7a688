"""Changes to questions, groups and repeats."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from liuwen.comparison.changes import Change, Effect
from liuwen.comparison.likeness import likeness
from liuwen.comparison.matching import Matches
from liuwen.comparison.retyping import effect_of_retyping, holds_answers
from liuwen.comparison.suggesting import as_argument, suggestions
from liuwen.expressions import references
from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

ADDED = Sentence(zh="新增“{new}”；以前的答卷没有这一项。", en='"{new}" is new; earlier submissions do not have it.')
REMOVED = Sentence(
    zh="删除了“{old}”；已收集的答案在新表单里没有对应的问题。请保留这个问题并把 relevant 设为 false()，或先导出旧答案。",
    en='"{old}" was removed; its answers have no place in the newer form. Keep it with relevant false(), or '
    "export the answers first.",
)
REMOVED_SHELL = Sentence(zh="删除了“{old}”；它不保存答案。", en='"{old}" was removed; it holds no answers.')
PERHAPS_RENAMED = Sentence(
    zh="{said}“{new}”与它相似，但措辞不同，所以不会自动对应。如果问的是同一件事，读取旧答卷时请写 {argument}。",
    en='{said} "{new}" looks like it, but has another wording, so nothing is carried over by itself. '
    "If it asks the same, read earlier answers with {argument}.",
)
RENAMED = Sentence(
    zh="“{old}”改名为“{new}”；读取旧答卷时要把旧名对应到新名。",
    en='"{old}" was renamed to "{new}"; earlier answers need mapping from the old name.',
)
MOVED = Sentence(
    zh="“{old}”移到了“{new}”；读取旧答卷时要对应新的位置。",
    en='"{old}" was moved to "{new}"; earlier answers need mapping from the old place.',
)
MOVED_OUT = Sentence(
    zh="“{old}”移出了重复组，成为“{new}”；原来的多个答案只能留下一个。",
    en='"{old}" was moved out of its repeat to "{new}"; only one of several earlier answers can be kept.',
)
REORDERED = Sentence(
    zh="“{new}”的先后次序改了。",
    en='"{new}" is now asked at a different point of its group.',
)
RETYPED = Sentence(zh="“{new}”的类型由 {before} 改为 {after}。", en='"{new}" changed its type from {before} to {after}.')
REWORDED = Sentence(
    zh="“{new}”的 {column} 改了措辞：“{before}”→“{after}”。",
    en='The {column} of "{new}" changed: "{before}" → "{after}".',
)
REWORDED_LABEL = Sentence(
    zh="“{new}”的 {column} 改了措辞：“{before}”→“{after}”；旧答案照旧读取，请确认问的仍是同一件事。",
    en='"{new}" has another {column}: "{before}" → "{after}"; earlier answers are read as they are: make sure it asks the same.',
)
REWORDED_WHOLLY = Sentence(
    zh="“{new}”的 {column} 几乎全改了：“{before}”→“{after}”。请确认旧答案仍是同一个意思，否则请改用新名称。",
    en='The {column} of "{new}" changed almost completely: "{before}" → "{after}". Make sure that earlier '
    "answers still mean the same, or use a new name.",
)
RELEVANCE = Sentence(
    zh="“{new}”的提问条件改了：“{before}”→“{after}”；前后被问到的人不同。",
    en='The relevant of "{new}" changed: "{before}" → "{after}"; different people are asked than before.',
)
CONSTRAINT = Sentence(
    zh="“{new}”的答案限制改了：“{before}”→“{after}”；旧答案可能不合新限制，但不会改动。",
    en='The constraint of "{new}" changed: "{before}" → "{after}"; earlier answers may violate it but are not changed.',
)
CALCULATION = Sentence(
    zh="“{new}”的计算公式改了：“{before}”→“{after}”；旧值要重算，或分开分析。",
    en='The calculation of "{new}" changed: "{before}" → "{after}"; recalculate earlier values, or analyse them separately.',
)
OTHER_ADDED = Sentence(
    zh="“{new}”加了 or_other：多了选项“其他”和追问“{other}”；以前的人没有见到它们。",
    en='"{new}" now has or_other: the choice "other" and the question "{other}"; earlier respondents did not see them.',
)
OTHER_REMOVED = Sentence(
    zh="“{new}”去掉了 or_other：选项“其他”（other）或追问“{other}”没有了，旧答案没有位置。请留着，或自己写上这个选项和这道题。",
    en='"{new}" no longer has or_other: answers "other", and answers to "{other}", have no place. Keep it, '
    "or write the choice and the question yourself.",
)
CELL = Sentence(
    zh="“{new}”的 {column} 由“{before}”改为“{after}”。", en='The {column} of "{new}" changed: "{before}" → "{after}".'
)

_CELLS: Mapping[str, tuple[str, Effect, Sentence]] = MappingProxyType(
    {
        "relevant": ("relevance", "safe", RELEVANCE),
        "constraint": ("constraint", "safe", CONSTRAINT),
        "calculation": ("calculation", "mapping", CALCULATION),
    }
)
_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}|[\w.:\-]+|\S")
"""The words and signs of an expression, ignoring spaces between them."""
_NO_MATTER = frozenset({"note", "disabled"})


def question_changes(matches: Matches) -> Iterator[Change]:
    """All changes of elements, in the order of the newer form; removed elements at their former position."""
    names = {old.name: new.name for old, new in matches.pairs if old.name != new.name}
    out_of_order = _moved_rows(matches)
    for old, new in matches.pairs:
        yield from _place_changes(matches, old, new)
        if new.row in out_of_order:
            yield _change("reordered", "safe", new, new.place(), REORDERED.filled(new=_path(new)))
        if old.type != new.type:
            sentence = RETYPED.filled(new=_path(new), before=old.type, after=new.type)
            yield _change(
                "retyped", effect_of_retyping(old, new), new, new.place("type"), sentence, before=old.type, after=new.type
            )
        yield from _other_changes(matches, old, new)
        yield from _wording_changes(matches, old, new)
        yield from _cell_changes(matches, old, new, names)
    for new in _without_implied(matches.added, matches.older):
        yield _change("added", "safe", new, new.place(), ADDED.filled(new=_path(new)), after=_path(new))
    perhaps = suggestions(matches)
    for old in _without_implied(matches.removed, matches.newer):
        yield _removal(old, perhaps.get(old.row))


def _removal(old: Element, perhaps: Element | None) -> Change:
    """The message for a removed element, naming the new element that looks like it."""
    loses = holds_answers(old)
    sentence = (REMOVED if loses else REMOVED_SHELL).filled(old=_path(old))
    if perhaps:
        sentence = PERHAPS_RENAMED.filled(said=sentence, new=_path(perhaps), argument=as_argument(old, perhaps))
    after = _path(perhaps) if perhaps else ""
    return _change("removed", "loses" if loses else "safe", old, old.place(), sentence, before=_path(old), after=after)


def _place_changes(matches: Matches, old: Element, new: Element) -> Iterator[Change]:
    """A new name or another group; a move is reported once for the group, not for each element in it."""
    before, after = _path(old), _path(new)
    stays = matches.parents_match(old, new)
    stored = holds_answers(new) or new.kind != "question"
    if old.name != new.name:
        effect: Effect = "mapping" if stored else "safe"
        yield _change(
            "renamed", effect, new, new.place("name"), RENAMED.filled(old=before, new=after), before=before, after=after
        )
    if not stays:
        leaves = len(old.repeats) > len(new.repeats) and stored
        sentence = (MOVED_OUT if leaves else MOVED).filled(old=before, new=after)
        yield _change(
            "moved",
            "loses" if leaves else "mapping" if stored else "safe",
            new,
            new.place(),
            sentence,
            before=before,
            after=after,
        )


def _other_path(element: Element) -> tuple[str, ...]:
    """The path of the question that or_other adds to a select."""
    return (*element.path[:-1], f"{element.name}_other")


def _without_implied(elements: list[Element], other_form: Form) -> list[Element]:
    """The elements, without those that or_other gives the other form without a row."""
    implied = {_other_path(element) for element in other_form.elements if element.or_other}
    return [element for element in elements if element.path not in implied]


def _other_changes(matches: Matches, old: Element, new: Element) -> Iterator[Change]:
    """The choice *other* and its question, if or_other was added or removed and they are not written out instead."""
    if old.or_other == new.or_other:
        return
    form, element = (matches.newer, new) if old.or_other else (matches.older, old)
    choices = form.choices_of(element)
    asked = any(each.path == _other_path(element) for each in form.elements)
    if not (asked and choices and "other" in choices.names):
        sentence = (OTHER_REMOVED if old.or_other else OTHER_ADDED).filled(new=_path(new), other="/".join(_other_path(new)))
        yield _change("other", "loses" if old.or_other else "safe", new, new.place("type"), sentence)


def _wording_changes(matches: Matches, old: Element, new: Element) -> Iterator[Change]:
    for column in dict.fromkeys([*old.wordings, *new.wordings]):
        texts = (each.wordings[column].texts if column in each.wordings else {} for each in (old, new))
        before_texts, after_texts = texts
        for language in after_texts:
            before, after = before_texts.get(language, ""), after_texts[language]
            if before and not _same_text(before, after):
                header = matches.newer.column("survey", column, language) or column
                says = REWORDED if column != "label" else REWORDED_WHOLLY if likeness(before, after) < 0.5 else REWORDED_LABEL
                sentence = says.filled(new=_path(new), column=header, before=before, after=after)
                yield _change("reworded", "safe", new, new.place(header), sentence, before=before, after=after)


def _cell_changes(matches: Matches, old: Element, new: Element, names: Mapping[str, str]) -> Iterator[Change]:
    for column in dict.fromkeys([*old.cells, *new.cells]):
        before, after = with_new_names(old.cell(column), names), new.cell(column)
        if column in _NO_MATTER or _same_text(before, after) or _WORD.findall(before) == _WORD.findall(after):
            continue
        header = matches.newer.column("survey", column) or column
        kind, effect, sentence = _CELLS.get(column, (column, "safe", CELL))
        said = sentence.filled(new=_path(new), column=header, before=old.cell(column), after=after)
        yield _change(kind, effect, new, new.place(header), said, before=old.cell(column), after=after)


def with_new_names(expression: str, names: Mapping[str, str]) -> str:
    """An expression of the older form, with the names of the newer."""
    if "${" not in expression or not names:
        return expression
    written = list(expression)
    for reference in reversed(references(expression)):
        if reference.name in names:
            whole = expression[reference.start : reference.end]
            written[reference.start : reference.end] = whole.replace(reference.name, names[reference.name])
    return "".join(written)


def _same_text(before: str, after: str) -> bool:
    return before.split() == after.split()


def _moved_rows(matches: Matches) -> set[int]:
    """Rows of the smallest set of elements whose move explains the new order."""
    siblings: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for old, new in matches.pairs:
        if matches.parents_match(old, new):
            siblings.setdefault(new.path[:-1], []).append((old.row, new.row))
    return {row for rows in siblings.values() for row in _outside_longest_increasing(rows)}


def _outside_longest_increasing(rows: list[tuple[int, int]]) -> set[int]:
    """Given (old row, new row) in the new order, the new rows outside a longest increasing subsequence (patience sorting)."""
    tails: list[int] = []
    last: list[int] = []
    came_from: list[int] = []
    for position, (old_row, _) in enumerate(rows):
        length = bisect_left(tails, old_row)
        tails[length:] = [old_row] if length == len(tails) else [old_row, *tails[length + 1 :]]
        last[length:] = [position] if length == len(last) else [position, *last[length + 1 :]]
        came_from.append(last[length - 1] if length else -1)
    kept: set[int] = set()
    position = last[-1] if last else -1
    while position >= 0:
        kept.add(rows[position][1])
        position = came_from[position]
    return {new_row for _, new_row in rows} - kept


def _change(
    kind: str, effect: Effect, element: Element, place: Place, sentence: Sentence, *, before: str = "", after: str = ""
) -> Change:
    return Change(kind, effect, _path(element), place, sentence, before, after)


def _path(element: Element) -> str:
    return "/".join(element.path)
