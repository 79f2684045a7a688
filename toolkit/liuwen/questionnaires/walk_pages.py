"""The pages `docs/questionnaire-walks.md` and its Chinese twin: made-up households led through the interview, step by step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from liuwen.engine import Question
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.questionnaires import household_interview, made_up_town
from liuwen.questionnaires.asking import ASKING
from liuwen.questionnaires.bank import NOT_READ_OUT
from liuwen.questionnaires.length import length, walked
from liuwen.questionnaires.typical_households import ENTERPRISE_OWNER, MIGRANT_FAMILY, NOBODY_AT_HOME, OLD_COUPLE

FILES: dict[Literal["zh", "en"], str] = {"en": "questionnaire-walks.md", "zh": "questionnaire-walks.zh-CN.md"}
TITLE = Sentence(zh="# 四户人家走一遍入户访谈", en="# Four households led through the interview")
INTRO = Sentence(
    zh="本页由 `liuwen.questionnaires.walk_pages.write` 生成，请不要手工修改。人家都是虚构的。每一行是手机上的一页："
    "对方听到的话，屏幕上给走访人的提示（斜体），和这一户的回答。“由您填”的不念。",
    en="This page is written by `liuwen.questionnaires.walk_pages.write`; do not edit it by hand. The households are made up. "
    "Each row is a screen of the phone: what the respondent hears, what the screen tells the visitor (in italics), and what this "
    "household answers. What is for the visitor to fill in is not read out.",
)
HOUSEHOLDS = {
    "old_couple": (Sentence(zh="老两口", en="An old couple alone"), OLD_COUPLE),
    "migrant_family": (
        Sentence(zh="父母外出，祖母带着上学的孙子", en="Parents away; the grandmother and a pupil"),
        MIGRANT_FAMILY,
    ),
    "enterprise_owner": (Sentence(zh="办加工点的", en="The owner of a workshop"), ENTERPRISE_OWNER),
    "nobody_at_home": (Sentence(zh="家里没人", en="Nobody at home"), NOBODY_AT_HOME),
}
"""Kind of household → what it is called, and its answers."""
MINUTES = Sentence(zh="{questions} 题，约 {minutes} 分钟。", en="{questions} questions, about {minutes} minutes.")
HEADS = {"zh": "| 题 | 念什么、怎么问 | 回答 |", "en": "| Question | What is said, and how | Answer |"}
BLANK = Sentence(zh="（不填）", en="(left blank)")
READ = Sentence(zh="念：", en="Read: ")
DAY = Sentence(zh="（当天或者约好的日子）", en="(that day, or a day agreed on)")
WORDS = {
    "甲": "A",
    "一组": "Group 1",
    "您": "you",
    "老伴": "wife",
    "儿子": "son",
    "儿媳": "son's wife",
    "孙子": "grandson",
    "老婆": "wife",
    "拿慢病药要去镇上": "Medicine to be had only in town",
    "每月要坐车去镇卫生院拿药，想在村里就能拿到": "Goes to town by bus every month for it; would like to get it in the village",
    "孩子上学没人辅导，玩手机": "No help with homework; always on phone",
    "孙子初一跟不上，周末在家玩手机，想请学校或村里周末组织做作业": "Falls behind in his first year of junior school; a place "
    "to do homework at weekends, by school or village",
    "通组路路面坏了": "Road to group 3 is broken",
    "三组到村口一里多路，雨天车进不来，想铺水泥": "Half a kilometre at group 3; no car gets through in rain; concrete is wanted",
    "加工点电压不够": "Too little power for the workshop",
    "开两台机器就跳闸，想增一台变压器": "Two machines trip the fuse; a second transformer is wanted",
    "加一条烘干线": "Add a drying line",
    "建个冷库大家用": "A cold store for everybody",
    "早点修路": "Mend the road soon",
    "路面确实坏了，答应报镇里。": "The road is broken indeed; promised to report it to the town.",
    "一切都好。": "All is well.",
}
"""What the made-up households say in their own words, for the English page."""


_BETWEEN = {"zh": "；", "en": "; "}


def pages() -> dict[str, str]:
    """File name → Markdown, the same on every day.

    Returns:
        Both pages.
    """
    form = household_interview(made_up_town(1))
    return {name: _page(form, language) for language, name in FILES.items()}


def write(folder: Path) -> None:
    """Write both pages.

    Args:
        folder: Where to, such as `docs`.
    """
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(form: Form, language: Literal["zh", "en"]) -> str:
    parts = [TITLE.in_language(language), INTRO.in_language(language)]
    for name, chinese in HOUSEHOLDS.values():
        answers = chinese if language == "zh" else {question: _translated(answer) for question, answer in chinese.items()}
        taken = length(form, answers, language)
        said = MINUTES.filled(questions=taken.questions, minutes=round(taken.minutes)).in_language(language)
        parts += [f"## {name.in_language(language)}", said, *_tables(form, walked(form, answers, language), language)]
    return "\n\n".join(parts) + "\n"


def _translated(answer: object) -> object:
    if isinstance(answer, list):
        return [_translated(each) for each in answer]
    if isinstance(answer, Mapping):
        return {name: _translated(each) for name, each in answer.items()}
    return WORDS.get(answer, answer) if isinstance(answer, str) else answer


def _tables(form: Form, shown: Sequence[Question], language: Literal["zh", "en"]) -> Iterator[str]:
    """A table for each section, in the order of the form."""
    sections: dict[str, list[Question]] = {}
    for question in shown:
        sections.setdefault(question.path.partition("/")[0], []).append(question)
    for name, questions in sections.items():
        heading = form[name].label(language) if "/" in questions[0].path else ""
        lines = [f"### {heading}", ""] if heading else []
        yield "\n".join([*lines, HEADS[language], "|---|---|---|", *_rows(form, questions, language)])


def _rows(form: Form, questions: Iterable[Question], language: Literal["zh", "en"]) -> Iterator[str]:
    for question in questions:
        said = [question.label, *([f"*{question.hint}*"] if question.hint else [])]
        if ASKING["read"][language] in question.hint:
            # A coin may have turned a scale round; the page tells it as it is written.
            written = form.choices_of(question.name)
            values = written.names if written else tuple(question.choices)
            offered = [question.choices[value] for value in values if value in question.choices and value not in NOT_READ_OUT]
            said.append(READ.in_language(language) + _BETWEEN[language].join(offered))
        yield f"| `{question.name}` | {_cell('<br>'.join(said))} | {_cell(_answer(question, language))} |"


def _answer(question: Question, language: Literal["zh", "en"]) -> str:
    if question.type == "note":
        return ""
    if question.value is None or question.type == "date":
        return (DAY if question.value else BLANK).in_language(language)
    values = question.value.split() if question.type == "select_multiple" else [question.value]
    return _BETWEEN[language].join(question.choices.get(value, value) for value in values)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
