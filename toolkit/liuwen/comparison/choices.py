"""Changes to the choices of questions."""

from collections import Counter
from collections.abc import Collection, Iterator

from liuwen.comparison.changes import Change, Effect
from liuwen.comparison.likeness import wording_likeness
from liuwen.comparison.matching import Matches
from liuwen.comparison.sameness import plain_text, same_wording
from liuwen.form.elements import Choice, ChoiceList
from liuwen.form.model import Form
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

ADDED = Sentence(
    zh="选项表“{list}”新增选项“{name}”（{label}）；以前的受访者没有看到它。",
    en='List "{list}" has the new choice "{name}" ({label}); earlier respondents did not see it.',
)
REMOVED = Sentence(
    zh="选项表“{list}”删除了选项“{name}”（{label}）；选了它的旧答案没有标签了。请保留它并用 choice_filter 隐藏。",
    en='List "{list}" no longer has "{name}" ({label}); answers with it lose their label. Keep it and hide '
    "it with a choice_filter.",
)
RENAMED = Sentence(
    zh="选项表“{list}”的“{label}”由 {before} 改存为 {after}；旧答案要对应。",
    en='In list "{list}", "{label}" is now stored as {after} instead of {before}; earlier answers need mapping.',
)
REWORDED = Sentence(
    zh="选项表“{list}”的选项“{name}”改了措辞：“{before}”→“{after}”；旧答案照旧读取，请确认仍是同一个意思。",
    en='In list "{list}", the label of "{name}" changed: "{before}" → "{after}"; make sure that it still means the same.',
)
REUSED = Sentence(
    zh="选项表“{list}”的代码“{name}”原指“{before}”，现指“{after}”；旧答案会被读错。请给新选项新的代码。",
    en='In list "{list}", "{name}" meant "{before}" and now means "{after}"; earlier answers would be misread. Use another code.',
)
PERHAPS_RENAMED = Sentence(
    zh="{said}新选项“{new}”（{label}）与它相似：如果是同一个意思，请沿用原来的代码。",
    en='{said} The new choice "{new}" ({label}) looks like it: if it means the same, keep the old code.',
)
REORDERED = Sentence(
    zh="选项表“{list}”的选项次序改了。",
    en='List "{list}" has its choices in a different order.',
)
OTHER_LIST = Sentence(
    zh="“{subject}”改用选项表“{after}”（原为“{before}”）。",
    en='"{subject}" now uses list "{after}" instead of "{before}".',
)

_MOST_COMPARED = 200
"""Each removed choice is compared with at most this many new ones."""
_ALIKE = 0.85


def choice_changes(matches: Matches) -> Iterator[Change]:
    """All changes of choices, for each pair of lists that a question used before and uses now."""
    compared: set[tuple[str, str]] = set()
    for old, new in matches.pairs:
        if old.list_name and new.list_name and old.list_name != new.list_name:
            said = OTHER_LIST.filled(subject="/".join(new.path), before=old.list_name, after=new.list_name)
            yield Change("list", "safe", "/".join(new.path), new.place("type"), said, old.list_name, new.list_name)
        before, after = matches.older.choices_of(old), matches.newer.choices_of(new)
        if before and after and (before.name, after.name) not in compared:
            compared.add((before.name, after.name))
            sheet = "external_choices" if new.type == "select_one_external" else "choices"
            yield from _list_changes(matches.older, matches.newer, before, after, sheet)


def _implies_other(form: Form, choices: ChoiceList) -> bool:
    """Whether or_other gives a list the choice *other* without a row."""
    return any(element.or_other and element.list_name == choices.name for element in form.elements)


def _list_changes(older: Form, newer: Form, before: ChoiceList, after: ChoiceList, sheet: str) -> Iterator[Change]:
    old, new = ({choice.name: choice for choice in reversed(each.choices)} for each in (before, after))
    renamed = _renamed({name: old[name] for name in old if name not in new}, {name: new[name] for name in new if name not in old})
    for name in (choice.name for choice in after.choices):
        choice = new[name]
        if name in renamed:
            said = RENAMED.filled(list=after.name, label=choice.label(), before=renamed[name], after=name)
            yield Change(
                "choice renamed", "mapping", f"{after.name}/{name}", Place(sheet, choice.row, "name"), said, renamed[name], name
            )
        elif name not in old and not (name == "other" and _implies_other(older, before)):
            said = ADDED.filled(list=after.name, name=name, label=choice.label())
            yield Change("choice added", "safe", f"{after.name}/{name}", Place(sheet, choice.row, "name"), said, after=name)
        elif name in old:
            yield from _wording_changes(newer, before, after, old[name], choice, sheet=sheet)
    gone = [name for name in before.names if name not in new and name not in renamed.values()]
    added = {name: choice for name, choice in new.items() if name not in old and name not in renamed}
    for name in [name for name in gone if not (name == "other" and _implies_other(newer, after))]:
        said = _removal(before.name, old[name], added.values())
        place = Place(sheet, old[name].row, "name")
        yield Change("choice removed", "loses", f"{before.name}/{name}", place, said, before=name)
    common = [name for name in before.names if name in new]
    if common != [name for name in after.names if name in old]:
        yield Change(
            "choices reordered", "safe", after.name, Place(sheet, after.choices[0].row), REORDERED.filled(list=after.name)
        )


def _wording_changes(
    newer: Form, before: ChoiceList, after: ChoiceList, old: Choice, new: Choice, *, sheet: str
) -> Iterator[Change]:
    """Changed labels of one code; a very different label, or the label of another choice, means that the code has been reused."""
    old_label, new_label = old.wordings.get("label"), new.wordings.get("label")
    if not old_label or not new_label:
        return
    for language, text in new_label.texts.items():
        was = old_label.texts.get(language, "")
        if not was or was.split() == text.split():
            continue
        others = {choice.label(language) for choice in before if choice.name != old.name}
        reused = text in others or wording_likeness(old_label, new_label) < 0.4
        effect: Effect = "mapping" if reused else "safe"
        said = (REUSED if reused else REWORDED).filled(list=after.name, name=new.name, before=was, after=text)
        column = newer.column(sheet, "label", language) or "label"
        yield Change("choice reworded", effect, f"{after.name}/{new.name}", Place(sheet, new.row, column), said, was, text)


def _renamed(removed: dict[str, Choice], added: dict[str, Choice]) -> dict[str, str]:
    """New name → old name of the choices whose label is equal under another code and unique in both lists."""
    by_text: dict[str, list[str]] = {}
    for name, choice in removed.items():
        for text in _texts(choice):
            by_text.setdefault(text, []).append(name)
    found: dict[str, list[str]] = {}
    for new_name, choice in added.items():
        olds = dict.fromkeys(old for text in _texts(choice) for old in by_text.get(text, ()))
        found[new_name] = [old for old in olds if same_wording(removed[old].wordings.get("label"), choice.wordings.get("label"))]
    counts = Counter(old for olds in found.values() for old in olds)
    return {new_name: olds[0] for new_name, olds in found.items() if len(olds) == 1 and counts[olds[0]] == 1}


def _texts(choice: Choice) -> set[str]:
    label = choice.wordings.get("label")
    return {plain_text(text) for text in label.texts.values()} if label else set()


def _removal(list_name: str, choice: Choice, added: Collection[Choice]) -> Sentence:
    """The message for a removed choice, naming the new choice that looks like it."""
    said = REMOVED.filled(list=list_name, name=choice.name, label=choice.label())
    scored = (
        [(wording_likeness(choice.wordings.get("label"), new.wordings.get("label")), new) for new in added]
        if (len(added) <= _MOST_COMPARED)
        else []
    )
    score, like = max(scored, key=lambda each: each[0], default=(0.0, choice))
    return PERHAPS_RENAMED.filled(said=said, new=like.name, label=like.label()) if score >= _ALIKE else said
