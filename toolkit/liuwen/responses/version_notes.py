"""What a reader should know of answers to an earlier version: what was carried over, reworded, or only looks alike."""

from collections.abc import Iterator

from liuwen.comparison.matching import Matches
from liuwen.comparison.retyping import holds_answers
from liuwen.comparison.sameness import plain_text, reworded, same_wording
from liuwen.comparison.suggesting import as_argument, suggestions
from liuwen.form.elements import Choice, Element
from liuwen.messages import Sentence

_RENAMED = Sentence(
    zh="版本“{version}”中“{old}”的回答读作“{new}”。", en="Answers of version “{version}” to “{old}” are read as “{new}”."
)
_REWORDED = Sentence(
    zh="版本“{version}”中“{name}”的措辞不同（“{before}”→“{after}”）；回答照旧读取，请确认问的是同一件事。",
    en="Version “{version}” worded “{name}” otherwise (“{before}” → “{after}”); its answers are read as they are: make sure "
    "that it asked the same.",
)
_CODE_REUSED = Sentence(
    zh="版本“{version}”的选项表“{list}”里代码“{code}”的措辞不同（“{before}”→“{after}”）；回答照旧读取，请确认是同一个意思。",
    en="In version “{version}”, the code “{code}” of the list “{list}” was worded otherwise (“{before}” → “{after}”); answers "
    "are read as they are: make sure that it meant the same.",
)
_PERHAPS = Sentence(
    zh="版本“{version}”的“{old}”（{old_label}）在表单中没有对应的问题，回答保存在 .unknown 中；“{new}”（{new_label}）与它相似。"
    "如果问的是同一件事，请写 {argument}。",
    en="“{old}” of version “{version}” ({old_label}) is not in the form, and its answers are kept in .unknown; “{new}” "
    "({new_label}) looks like it. If it asks the same, write {argument}.",
)
_MORE = Sentence(
    zh="版本“{version}”还有 {count} 处这样的不同；用 lw.compare 可以看到全部。",
    en="Version “{version}” differs so in more places, which lw.compare shows: {count}.",
)
_MANY = 10
"""The maximum number of sentences of one kind per version; a rewritten form would fill a page."""


def told_of(matches: Matches, version: str) -> tuple[Sentence, ...]:
    """The sentences about one earlier version."""
    sorts = (_renamings(matches, version), _rewordings(matches, version), _codes(matches, version), _alike(matches, version))
    return tuple(sentence for sort in sorts for sentence in _some(list(sort), version))


def _some(sentences: list[Sentence], version: str) -> list[Sentence]:
    further = len(sentences) - _MANY
    return sentences if further <= 0 else [*sentences[:_MANY], _MORE.filled(version=version, count=further)]


def _renamings(matches: Matches, version: str) -> Iterator[Sentence]:
    for old, new in matches.pairs:
        if (old.name != new.name or not matches.parents_match(old, new)) and (old.kind != "question" or holds_answers(new)):
            yield _RENAMED.filled(version=version, old=_path(old), new=_path(new))


def _rewordings(matches: Matches, version: str) -> Iterator[Sentence]:
    for old, new in matches.pairs:
        if reworded(old, new) and (old.kind != "question" or holds_answers(new)):
            before, after = _first_difference(old, new)
            yield _REWORDED.filled(version=version, name=_path(new), before=before, after=after)


def _codes(matches: Matches, version: str) -> Iterator[Sentence]:
    """Codes of a list that stood for something else, or are worded so."""
    seen: set[tuple[str, str]] = set()
    for old, new in matches.pairs:
        before, after = matches.older.choices_of(old), matches.newer.choices_of(new)
        if not before or not after or (before.name, after.name) in seen:
            continue
        seen.add((before.name, after.name))
        meant = {choice.name: choice for choice in before}
        for choice in after:
            if choice.name in meant and _means_other(meant[choice.name], choice):
                was, now = _first_difference(meant[choice.name], choice)
                yield _CODE_REUSED.filled(version=version, list=after.name, code=choice.name, before=was, after=now)


def _means_other(old: Choice, new: Choice) -> bool:
    before, after = old.wordings.get("label"), new.wordings.get("label")
    return bool(before and after) and not same_wording(before, after)


def _alike(matches: Matches, version: str) -> Iterator[Sentence]:
    perhaps = suggestions(matches)
    for old in matches.removed:
        if new := perhaps.get(old.row):
            said = {"old": _path(old), "old_label": _label(old), "new": _path(new), "new_label": _label(new)}
            yield _PERHAPS.filled(version=version, argument=as_argument(old, new), **said)


def _first_difference(old: Element | Choice, new: Element | Choice) -> tuple[str, str]:
    """Both labels in the first language in which they differ."""
    before, after = old.wordings["label"].texts, new.wordings["label"].texts
    for language in (language for language in before if language in after):
        if plain_text(before[language]) != plain_text(after[language]):
            return plain_text(before[language]), plain_text(after[language])
    return plain_text(old.label()), plain_text(new.label())


def _label(element: Element) -> str:
    return plain_text(element.label()) or element.type


def _path(element: Element) -> str:
    return "/".join(element.path)
