"""What the builder refuses; each error names the question."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from liuwen.errors import FormError
from liuwen.form.builder.building import Draft, FileOptions, Item, Options, Texts
from liuwen.messages import Sentence

ILLEGAL_NAME = Sentence(
    zh="“{name}”不能作名称：请以字母或下划线开头，只用字母、数字、下划线、连字符和点，不用空格。",
    en="“{name}” is not a valid name; start with a letter or underscore and use only letters, digits, _, - "
    "and ., without spaces.",
)
DUPLICATE_NAME = Sentence(
    zh="“{scope}”里有两个“{name}”：同一组内名称不能重复，请改掉一个。",
    en="“{scope}” contains two items named “{name}”; names must be unique within a group, so rename one.",
)
DANGLING = Sentence(
    zh="“{name}”的 {column} 提到 ${{{reference}}}，但问卷里没有这个名称：请改正，或补上这道题。",
    en="“{name}”: {column} refers to ${{{reference}}}, which the form does not have; correct it, or add the question.",
)
AMBIGUOUS = Sentence(
    zh="“{name}”的 {column} 提到 ${{{reference}}}，但问卷里有几个同名的：请给它们不同的名称。",
    en="“{name}”: {column} refers to ${{{reference}}}, but several items have this name; rename them.",
)
MISSING_WORDING = Sentence(
    zh="“{name}”的 {column} 缺少{language}：请补上。",
    en="“{name}”: {column} has no {language} text; add it.",
)
UNKNOWN_LIST = Sentence(
    zh="“{name}”用的选项列表“{list}”不存在：请用 choices(...) 定义它。",
    en="“{name}” uses the choice list “{list}”, which does not exist; define it with choices(...).",
)
TWO_LISTS = Sentence(
    zh="“{name}”用的选项列表“{list}”与另一题的同名列表内容不同：请改名，或共用一个列表。",
    en="“{name}” uses a choice list “{list}” that differs from another list of the same name; rename it, or share one list.",
)
NO_MESSAGE = Sentence(
    zh="“{name}”有 constraint 而没有 constraint_message：答案不被接受时，要告诉访问员原因。",
    en="“{name}” has a constraint but no constraint_message; say why an answer is refused.",
)
EMPTY_GROUP = Sentence(
    zh="“{name}”里没有题目：请加上题目，或去掉它。",
    en="“{name}” contains no questions; add some, or remove it.",
)
EMPTY_LIST = Sentence(
    zh="选项列表“{list}”没有选项：请加上选项。",
    en="The choice list “{list}” has no choices; add some.",
)
DUPLICATE_CHOICE = Sentence(
    zh="选项列表“{list}”里有两个“{value}”：请改掉一个。",
    en="The choice list “{list}” contains “{value}” twice; change one.",
)
ILLEGAL_CHOICE = Sentence(
    zh="选项列表“{list}”里的值“{value}”是空的，或者有空格：请改成不带空格的值。",
    en="The choice list “{list}” has the value “{value}”, which is empty or contains spaces; use a value without spaces.",
)

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?\s*([^}]*?)\s*\}")
_RESERVED = {"meta"}


def refuse_faults(draft: Draft) -> None:
    """Raise `FormError` for the first fault of a draft, naming the question."""
    _refuse_bad_names(draft)
    for item in draft.walk():
        _refuse_bad_item(item, draft)
    _refuse_bad_references(draft)
    for options in draft.lists.values():
        _refuse_bad_list(options, draft.languages)


def gather_lists(items: Iterable[Item], further: Iterable[Options]) -> dict[str, Options]:
    """The lists used by questions and those given explicitly, by name; lists of one name must be equal."""
    lists = {options.name: options for options in further}
    for top in items:
        for item in top.walk():
            if isinstance(item.options, Options) and lists.setdefault(item.options.name, item.options) != item.options:
                raise FormError(TWO_LISTS.filled(name=item.name, list=item.options.name))
    return lists


def _refuse_bad_names(draft: Draft) -> None:
    scopes = [(draft.settings["form_id"], draft.items), *((item.name, item.items) for item in draft.walk())]
    for scope, items in scopes:
        for name, times in Counter(item.name for item in items).items():
            if not _NAME.fullmatch(name) or name in _RESERVED:
                raise FormError(ILLEGAL_NAME.filled(name=name))
            if times > 1:
                raise FormError(DUPLICATE_NAME.filled(scope=scope, name=name))


def _refuse_bad_item(item: Item, draft: Draft) -> None:
    if item.kind != "question" and not item.items:
        raise FormError(EMPTY_GROUP.filled(name=item.name))
    if isinstance(item.options, str) and item.options not in draft.lists:
        raise FormError(UNKNOWN_LIST.filled(name=item.name, list=item.options))
    if item.columns.get("constraint") and "constraint_message" not in item.wordings:
        raise FormError(NO_MESSAGE.filled(name=item.name))
    _refuse_missing_wording(item.name, item.wordings, draft.languages)


def _refuse_missing_wording(name: str, wordings: Mapping[str, Texts], languages: Mapping[str, str]) -> None:
    for column, texts in wordings.items():
        for code, language in languages.items():
            if not texts.get(code, "").strip():
                raise FormError(MISSING_WORDING.filled(name=name, column=column, language=language))


def _refuse_bad_references(draft: Draft) -> None:
    times = Counter(item.name for item in draft.walk())
    for item in draft.walk():
        for column, reference in _references(item):
            if reference not in times:
                raise FormError(DANGLING.filled(name=item.name, column=column, reference=reference))
            if times[reference] > 1:
                raise FormError(AMBIGUOUS.filled(name=item.name, column=column, reference=reference))
    for column, cell in _outside_questions(draft):
        for reference in _REFERENCE.findall(cell):
            if reference not in times:
                raise FormError(DANGLING.filled(name=draft.settings["form_id"], column=column, reference=reference))


def _references(item: Item) -> Iterator[tuple[str, str]]:
    cells = [*item.columns.items(), *((column, text) for column, texts in item.wordings.items() for text in texts.values())]
    if isinstance(item.options, FileOptions):
        cells.append(("type", item.options.file))
    for column, cell in cells:
        if column != "note":
            yield from ((column, reference) for reference in _REFERENCE.findall(cell))


def _outside_questions(draft: Draft) -> Iterator[tuple[str, str]]:
    yield from draft.settings.items()
    for entity in draft.entities:
        yield from entity.columns.items()


def _refuse_bad_list(options: Options, languages: Mapping[str, str]) -> None:
    if not options.options:
        raise FormError(EMPTY_LIST.filled(list=options.name))
    for value, times in Counter(option.value for option in options.options).items():
        if not value or any(character.isspace() for character in value):
            raise FormError(ILLEGAL_CHOICE.filled(list=options.name, value=value))
        if times > 1:
            raise FormError(DUPLICATE_CHOICE.filled(list=options.name, value=value))
    for option in options.options:
        _refuse_missing_wording(f"{options.name}: {option.value}", option.wordings, languages)
