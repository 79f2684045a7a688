"""What stands on the paper: sections, notes, questions with room for the answer, and rosters as tables to write in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from liuwen.expressions import references
from liuwen.form.choices import offered
from liuwen.form.elements import Choice, Element
from liuwen.form.model import Form
from liuwen.form.plain_wording import plain
from liuwen.messages import Language, Sentence
from liuwen.paper.conditions import ConditionWords

WHEN = Sentence(zh="只在{said}时问：", en="Only if {said}:")
SECTION_WHEN = Sentence(zh="这一部分只在{said}时问。", en="This part only if {said}.")
SEVERAL = Sentence(zh="可多选", en="tick all that apply")
RANKED = Sentence(zh="按先后写 1、2、3……", en="number them 1, 2, 3 …")
ONLY_CHOSEN = Sentence(zh="只从{question}选过的里选", en="only what was chosen in {question}")
ONLY_FITTING = Sentence(zh="只选与{question}相符的", en="only what goes with {question}")
FROM_LIST = Sentence(zh="按名单填写：", en="From the list:")
PLACE = Sentence(zh="纬度、经度：", en="Latitude, longitude:")
BEFORE_LINE = {
    **dict.fromkeys(("select_one", "select_multiple", "rank", "select_one_external"), FROM_LIST),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape"), PLACE),
    "image": Sentence(zh="拍照，照片编号：", en="Take a photo; its number:"),
    "audio": Sentence(zh="录音，编号：", en="Record it; its number:"),
    "video": Sentence(zh="录像，编号：", en="Film it; its number:"),
    "file": Sentence(zh="附件编号：", en="Number of the file:"),
    "acknowledge": Sentence(zh="知道了，签字：", en="Acknowledged, signature:"),
}
"""Type → what stands before the line that is written on."""
DATE = Sentence(zh="　　　　年　　　月　　　日", en="year ________   month ____   day ____")
TIME = Sentence(zh="　　　时　　　分", en="hour ____   minute ____")
MOMENTS = {"date": (DATE,), "time": (TIME,), "dateTime": (DATE, TIME)}
WORKED_OUT = Sentence(zh="手机算出的，纸上要自己算", en="Worked out by the phone; on paper to be reckoned by hand")
EACH = Sentence(zh="一列填一个；不够就再印一张。", en="One column for each; print another sheet if there are more.")
OF_COLUMN = Sentence(
    zh="“{outer}”的每一列各填一张；这张是第 ____ 列的。",
    en='One such table for each column of "{outer}"; this is for column ____.',
)
LONGEST = 60
"""Lists longer than this are not printed; the answer is written down from the list."""
_SAYS_SEVERAL = re.compile(r"多选|选多|多项|more than one|that apply|several|multiple", re.IGNORECASE)
"""Found in a question that itself says that several answers may be given."""
_BLANK = {"zh": "＿＿＿", "en": "____"}


@dataclass(frozen=True)
class PaperForm:
    """A form, one language, and the numbers that its questions have on paper."""

    form: Form
    language: Language

    def blocks(self) -> list[Mapping[str, Any]]:
        """The paper from top to bottom, as plain values for the template."""
        return [*self._of(_children(self.form, None), level=1), *self._worked_out()]

    @cached_property
    def words(self) -> ConditionWords:
        """The words for conditions."""
        return ConditionWords(self.form, self.language, numbers(self.form))

    @cached_property
    def number_of(self) -> Mapping[int, str]:
        """Row of a question → its number on paper; two questions of one name have two numbers."""
        return {element.row: str(number) for number, element in enumerate(_answered(self.form), start=1)}

    def _of(self, elements: Sequence[Element], level: int) -> Iterator[Mapping[str, Any]]:
        for element in elements:
            if element.kind == "repeat":
                yield from self._repeat(element, level)
            elif element.kind == "group":
                yield from self._group(element, level)
            elif element.is_asked:
                yield self._question(element)

    def _group(self, element: Element, level: int) -> Iterator[Mapping[str, Any]]:
        inner = list(self._of(_children(self.form, element), level + 1))
        if inner:
            yield from self._section(element, level)
            yield from inner

    def _repeat(self, element: Element, level: int) -> Iterator[Mapping[str, Any]]:
        rows = list(self._rows(element))
        within = [each for each in self.form.repeats if each.repeats and each.repeats[-1] is element]
        inner = [block for each in within for block in self._repeat(each, level + 1)]
        if rows or inner:
            yield from self._section(element, level)
        if rows:
            yield self._roster(element, rows)
        yield from inner

    def _worked_out(self) -> Iterator[Mapping[str, Any]]:
        """The calculations that conditions name, and those that these name, with their formulas."""
        calculated = {each.name: each.cell("calculation") for each in self.form.questions if each.type == "calculate"}
        wanted = [each.name for element in self.form.elements for each in references(element.cell("relevant"))]
        named: set[str] = set()
        while wanted:
            name = wanted.pop()
            if name in calculated and name not in named:
                named.add(name)
                wanted += [each.name for each in references(calculated[name])]
        if named:
            yield {"kind": "section", "level": 1, "label": self._in(WORKED_OUT), "when": ""}
            rows = [[name, self.words.of(formula)] for name, formula in calculated.items() if name in named]
            yield {"kind": "formulas", "rows": rows}

    def _section(self, element: Element, level: int) -> Iterator[Mapping[str, Any]]:
        """The heading; a group with neither words nor a condition has none."""
        heading = self._heading(element)
        if heading["label"] or heading["when"]:
            yield {"kind": "section", "level": min(level, 3), **heading}

    def _heading(self, element: Element) -> dict[str, Any]:
        label = self.text(element.label(self.words.form_language)) or (element.name if element.kind == "repeat" else "")
        return {"label": label, "when": self._when(element, SECTION_WHEN)}

    def _question(self, element: Element) -> Mapping[str, Any]:
        if element.type == "note":
            return {"kind": "note", **self._asked(element)}
        return {"kind": "question", **self._asked(element), "answer": self._answer(element)}

    def _asked(self, element: Element) -> dict[str, Any]:
        language = self.words.form_language
        return {
            "number": self.number_of.get(element.row, ""),
            "label": self.text(element.label(language)) or element.name,
            "hint": self.text(element.wording("hint", language)),
            "when": self._when(element, WHEN),
            "told": self._told(element),
        }

    def _roster(self, element: Element, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """A table: one row per question, one column per person or thing; the codes of the answers beside the question."""
        asked = [each for each in _inside(self.form, element) if each.is_asked]
        wordy = sum(each.type == "text" for each in asked)
        told = [self._in(EACH)]
        if element.repeats:
            told.insert(0, self._in(OF_COLUMN.filled(outer=self._heading(element.repeats[-1])["label"])))
        return {"kind": "roster", "columns": 5 if wordy * 5 <= len(asked) else 3, "rows": rows, "told": " ".join(told)}

    def _rows(self, parent: Element) -> Iterator[Mapping[str, Any]]:
        """The rows of a roster; notes and the headings of groups go across, repeats inside have tables of their own."""
        for element in _children(self.form, parent):
            if element.kind == "group":
                inner = list(self._rows(element))
                heading = self._heading(element)
                if inner and (heading["label"] or heading["when"]):
                    yield {**heading, "across": True}
                yield from inner
            elif element.kind == "question" and element.is_asked:
                yield {**self._asked(element), "codes": self._codes(element), "across": element.type == "note"}

    def _codes(self, element: Element) -> list[str]:
        return [f"{code} {label}" for code, label in enumerate(self._labels(element), start=1)]

    def _answer(self, element: Element) -> Mapping[str, Any]:
        if labels := self._labels(element):
            return {"kind": "choices", "many": element.type != "select_one", "ranked": element.type == "rank", "labels": labels}
        if element.type == "text":
            return {"kind": "lines", "count": 1 if _is_short(element) else 2}
        if element.type in {"integer", "decimal", "range"}:
            return {"kind": "boxes"}
        if element.type in MOMENTS:
            return {"kind": "written", "text": " ".join(self._in(part) for part in MOMENTS[element.type])}
        return {"kind": "line", "before": self._in(BEFORE_LINE[element.type]) if element.type in BEFORE_LINE else ""}

    def _labels(self, element: Element) -> list[str]:
        listed = offered(self.form, element) if element.is_select else None
        if listed is None or len(listed) > LONGEST:
            return []
        return [self.text(label) for label in _wordings(listed.choices, self.words.form_language)]

    def _told(self, element: Element) -> str:
        """What is to be known before answering: how many choices, from which, and which answers the form refuses."""
        language = self.words.form_language
        told = {"select_multiple": SEVERAL, "rank": RANKED}.get(element.type)
        if told is SEVERAL and _SAYS_SEVERAL.search(f"{element.label(language)} {element.wording('hint', language)}"):
            told = None
        said = [self._in(told)] if told else []
        narrowed = [each.name for each in references(element.cell("choice_filter")) if each.name in self.words.numbers]
        if narrowed:
            chosen = f"selected(${{{narrowed[0]}}}, name)" in element.cell("choice_filter")
            sentence = (ONLY_CHOSEN if chosen else ONLY_FITTING).filled(question=self.words.question(narrowed[0]))
            said.append(self._in(sentence))
        said.append(self.text(element.wording("constraint_message", language)) or self.words.limits(element.cell("constraint")))
        said = [each.rstrip("。.") for each in said if each]
        return ("；" if self.language == "zh" else "; ").join(said)

    def _when(self, element: Element, sentence: Sentence) -> str:
        condition = element.cell("relevant")
        return self._in(sentence.filled(said=self.words.of(condition))) if condition else ""

    def text(self, written: str) -> str:
        """A text without markup, with room to write what an earlier answer would fill in."""
        return plain(written, _BLANK[self.language])

    def _in(self, sentence: Sentence) -> str:
        return sentence.in_language(self.language)


def numbers(form: Form) -> Mapping[str, str]:
    """Name → number on paper of every question that takes an answer, in order."""
    found: dict[str, str] = {}
    for number, element in enumerate(_answered(form), start=1):
        found.setdefault(element.name, str(number))
    return found


def _answered(form: Form) -> list[Element]:
    return [element for element in form.questions if element.is_asked and element.type != "note"]


def _children(form: Form, parent: Element | None) -> list[Element]:
    return [element for element in form.elements if (element.parents[-1] if element.parents else None) is parent]


def _inside(form: Form, parent: Element) -> list[Element]:
    """The questions of a repeat, without those of repeats inside it."""
    return [element for element in form.questions if element.repeats and element.repeats[-1] is parent]


def _is_short(element: Element) -> bool:
    """A number, or what *other* was: one line is enough."""
    return "numbers" in element.cell("appearance") or "'other'" in element.cell("relevant")


def _wordings(choices: Sequence[Choice], language: str) -> list[str]:
    return list(dict.fromkeys(choice.label(language) for choice in choices))
