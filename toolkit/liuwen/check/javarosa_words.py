"""What JavaRosa and ODK Validate say, brought to its cell and into Chinese."""

import re
from functools import cache

from liuwen.check.facts import Facts
from liuwen.form.model import Element
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

AS_SAID = Sentence(zh="JavaRosa 说：{said}", en="JavaRosa: {said}")
_XPATH = re.compile(r"/[^\W\d][\w.\-]*(?:\[[^\]]*\])?(?:/[\w.\-@]+(?:\[[^\]]*\])?)+")
_INDEX = re.compile(r"\[[^\]]*\]")
_COLUMNS = (
    (re.compile(r"\brelevan", re.IGNORECASE), "relevant"),
    (re.compile(r"\bconstraint", re.IGNORECASE), "constraint"),
    (re.compile(r"\bcalculat", re.IGNORECASE), "calculation"),
    (re.compile(r"\brequired", re.IGNORECASE), "required"),
    (re.compile(r"\blabel|itext", re.IGNORECASE), "label"),
)
_KNOWN = (
    (
        r"Cycle detected in form's relevant and calculation logic",
        Sentence(
            zh="几道题的 relevant 与 calculation 互相依赖，没有尽头（{paths}）：请去掉其中一处引用。",
            en="the relevance and calculations of {paths} depend on each other in a circle; take out one reference.",
        ),
    ),
    (
        r"cannot handle function '(?P<name>[^']*)'",
        Sentence(zh="手机不认识函数 {name}()：请核对写法。", en="phones do not know the function {name}(); check its spelling."),
    ),
    (
        r"(?P<what>Mismatched brackets or parentheses)",
        Sentence(zh="括号不成对：请补上。", en="brackets or parentheses do not match; add the missing one."),
    ),
    (
        r"Select question .*?(?P<what>duplicate)",
        Sentence(zh="选择题有重复的值：请改掉一个。", en="a select question has a value twice; change one."),
    ),
    (
        r"(?P<what>label text and image uri are both missing)",
        Sentence(zh="有的选项没有文字也没有图片：请写上 label。", en="a choice has neither a label nor an image; write a label."),
    ),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Sentence], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), sentence) for pattern, sentence in _KNOWN)


def javarosa_sentence(said: str) -> Sentence:
    """What it said, without the clutter, and its Chinese twin where the words are known."""
    paths = ", ".join(f"${{{path.rpartition('/')[2]}}}" for path in dict.fromkeys(_paths(said)))
    for pattern, sentence in _patterns():
        found = pattern.search(said)
        if found:
            return sentence.filled(paths=paths, **found.groupdict())
    return AS_SAID.filled(said=" ".join(said.split()))


def javarosa_place(facts: Facts, said: str) -> Place:
    """The cell whose expression its words quote, or else the row of the first question they name by path."""
    quoting = [cell for cell in facts.formulas if len(cell.text) > 3 and cell.text in said]
    if quoting:
        return max(quoting, key=lambda cell: len(cell.text)).place
    element = next((found for path in _paths(said) if (found := _element(facts, path))), None)
    if element is None:
        return Place("")
    column = next(
        (name for pattern, name in _COLUMNS if pattern.search(said) and name in {*element.cells, *element.wordings}), None
    )
    return facts.at(element, column)


def _paths(said: str) -> list[str]:
    return [_INDEX.sub("", found) for found in _XPATH.findall(said)]


def _element(facts: Facts, path: str) -> Element | None:
    names = tuple(path.strip("/").split("/")[1:])
    return next((element for element in facts.named.get(names[-1], ()) if element.path == names), None) if names else None
