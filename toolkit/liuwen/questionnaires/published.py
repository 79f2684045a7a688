"""The questionnaires that are published in `forms/`: written from the code, and found out where they are stale.

They are written for the made-up town, so that they can be tried as they stand; a real town builds its own with its registers.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from liuwen import questionnaires as q
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.questionnaires import typical_households, typical_residents
from liuwen.questionnaires.household_interview import ALL
from liuwen.questionnaires.length import Length, length

README = "README.md"


class PublishedQuestionnaire(NamedTuple):
    """One published questionnaire: the form, what it is for, and for an interview someone's answers to tell its length by."""

    form: Form
    purpose: Sentence
    answers: Mapping[str, object] | None = None


def published() -> tuple[PublishedQuestionnaire, ...]:
    """Every published questionnaire, in the order they are listed."""
    town = q.made_up_town()
    interviews = (
        PublishedQuestionnaire(q.household_interview(town), INTERVIEW, typical_households.HOUSEHOLD),
        PublishedQuestionnaire(
            q.household_interview(town, appraisal="separate"), WITHOUT_APPRAISAL, typical_households.HOUSEHOLD
        ),
        PublishedQuestionnaire(q.household_interview(town, mode="self"), SELF, typical_households.HOUSEHOLD),
        PublishedQuestionnaire(q.second_visit(town), SECOND, typical_households.SECOND_VISIT),
        PublishedQuestionnaire(q.household_appraisal(town), APPRAISAL, typical_residents.RATER),
        PublishedQuestionnaire(q.satisfaction_survey(town), SATISFACTION, typical_residents.RESIDENT),
        PublishedQuestionnaire(q.visit_test(town), VISIT_TEST, typical_residents.NEIGHBOUR),
        PublishedQuestionnaire(q.thirteen_indicators(town), INDICATORS, typical_residents.NEIGHBOUR),
        PublishedQuestionnaire(q.reverse_survey(town), REVERSE, typical_residents.NEIGHBOUR),
        PublishedQuestionnaire(q.colleagues(town), COLLEAGUES, typical_residents.NEIGHBOUR),
        PublishedQuestionnaire(q.backcheck(town), BACKCHECK, typical_residents.NEIGHBOUR),
    )
    return interviews + tuple(PublishedQuestionnaire(getattr(q, name)(town), purpose) for name, purpose in DAILY.items())


def write(folder: Path) -> tuple[Path, ...]:
    """Write every published questionnaire, its lists and the README into `folder`, and give the files back."""
    folder.mkdir(parents=True, exist_ok=True)
    files = contents()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


def stale(folder: Path) -> tuple[Path, ...]:
    """The files in `folder` that are missing or differ from what `write` would write."""
    paths = {folder / name: content for name, content in contents().items()}
    return tuple(path for path, content in paths.items() if not path.is_file() or path.read_bytes() != content)


def contents() -> dict[str, bytes]:
    """What `write` writes: file name → bytes, the same each time."""
    made = published()
    with TemporaryDirectory() as scratch:
        for each in made:
            each.form.write(Path(scratch) / f"{each.form.id}.xlsx")
        files = {path.name: path.read_bytes() for path in sorted(Path(scratch).iterdir())}
    return {**files, README: _readme(made).encode()}


# -- the README beside them ------------------------------------------------------------------------------------------

INTERVIEW = Sentence(zh="六问入户访谈，第四问单独存放", en="The six questions; the fourth is loaded apart from the rest")
WITHOUT_APPRAISAL = Sentence(zh="六问入户访谈，不含第四问", en="The six questions without the fourth")
SELF = Sentence(zh="六问，住户自己填", en="The six questions, filled in by a household itself")
SECOND = Sentence(zh="同一年再次走访，简短", en="A short form for the second visit of a year")
APPRAISAL = Sentence(zh="第四问，不记名", en="The fourth question, anonymous")
SATISFACTION = Sentence(zh="群众满意度，不记名", en="Satisfaction of residents, anonymous")
VISIT_TEST = Sentence(zh="对走访的满意度（一测），不记名", en="Satisfaction with the visits, anonymous")
INDICATORS = Sentence(zh="十三项指标，不记名", en="Thirteen felt indicators, anonymous")
REVERSE = Sentence(zh="反向测评，不记名", en="Reverse survey, anonymous")
COLLEAGUES = Sentence(zh="民主测评，不记名", en="Appraisal by colleagues, anonymous")
BACKCHECK = Sentence(zh="回访核实", en="Back-check of visits")
DAILY = {
    "matter": Sentence(zh="事项登记", en="A matter to be dealt with"),
    "matter_step": Sentence(zh="事项进展", en="A step of a matter"),
    "reception": Sentence(zh="值班接待", en="Duty reception"),
    "letter": Sentence(zh="群众来信", en="A letter from a resident"),
    "meeting": Sentence(zh="会议记录", en="A meeting"),
    "stay": Sentence(zh="驻村记录", en="A stay in a village"),
    "help": Sentence(zh="结对帮扶", en="Help given within a pair"),
    "deed": Sentence(zh="办实事", en="A concrete deed"),
    "promise": Sentence(zh="公开承诺", en="A public promise"),
    "promise_result": Sentence(zh="承诺兑现", en="Result of a promise"),
    "enterprise_visit": Sentence(zh="走访企业、项目", en="Visit to an enterprise or project"),
    "proposal": Sentence(zh="村民提议", en="A proposal of residents"),
    "decision": Sentence(zh="民主决定", en="A decision of residents"),
    "project": Sentence(zh="驻村项目", en="A project in a village"),
    "posting": Sentence(zh="驻村任职", en="A posting to a village"),
    "daily_check": Sentence(zh="日常考核", en="Daily check"),
}
"""The forms of the daily work, by the name of their function."""
ABOUT = Sentence(
    zh="本文件夹由 `liuwen build` 生成，请不要手工修改：要改题目，请改 `toolkit/liuwen/questionnaires/`。村名都是虚构的。",
    en="This folder is written by `liuwen build`; do not edit it by hand: questions are changed in "
    "`toolkit/liuwen/questionnaires/`. The villages are made up.",
)
OWN = Sentence(
    zh="换成自己的村庄：`lw.questionnaires.household_interview(villages=表)`，表里至少有 `town` 和 `village` 两列。",
    en="With your own villages: `lw.questionnaires.household_interview(villages=frame)`, where the frame has at least the "
    "columns `town` and `village`.",
)
LENGTH = Sentence(
    zh="“题数”是全部题目；“问到”和“分钟”是一户话多的人家（或一位住户）的题数和占用对方的估计时间，不是实测；"
    "算法见 `length.py`，念的题平均每题 14.0 到 17.1 秒，括号里是快慢两头。",
    en="“Questions” counts all; “asked” and “minutes” are for a household with much to say (or one resident) and the estimated "
    "time that is taken of them. It is an estimate, not a measurement: see `length.py`, by which a question asked aloud takes "
    "14.0 to 17.1 seconds on average; the fast and slow ends stand in brackets.",
)
KINDS = Sentence(zh="各类人家要多少分钟：", en="Minutes by kind of household:")
KIND = {
    "much_to_say": Sentence(zh="话多的人家", en="much to say"),
    "migrant_family": Sentence(zh="父母外出、祖母带孩子", en="parents away, grandmother and pupil"),
    "enterprise_owner": Sentence(zh="办作坊的", en="owner of a workshop"),
    "old_couple": Sentence(zh="老两口", en="old couple"),
    "nobody_at_home": Sentence(zh="家里没人", en="nobody at home"),
}


def _readme(made: tuple[PublishedQuestionnaire, ...]) -> str:
    head = "| 文件 File | 用途 Purpose | 题数 Questions | 问到 Asked | 分钟 Minutes (中文 / English) |\n|---|---|---|---|---|"
    words = "\n\n".join(sentence.in_language(language) for sentence in (ABOUT, OWN, LENGTH) for language in ("zh", "en"))
    rows = "\n".join(map(_row, made))
    return f"# 问卷 Questionnaires\n\n{head}\n{rows}\n\n{words}\n\n{_by_household()}\n"


def _row(each: PublishedQuestionnaire) -> str:
    count = sum(question.is_asked and question.type != "note" for question in each.form.questions)
    purpose = f"{each.purpose.zh}<br>{each.purpose.en}"
    if each.answers is None:
        return f"| `{each.form.id}.xlsx` | {purpose} | {count} | | |"
    zh, en = (length(each.form, each.answers, language) for language in ("zh", "en"))
    return f"| `{each.form.id}.xlsx` | {purpose} | {count} | {zh.questions} | {_minutes(zh)} / {_minutes(en)} |"


def _by_household() -> str:
    core, whole = q.household_interview(), q.household_interview(modules=ALL)
    head = "| | 核心 Core | 全部模块 All modules |\n|---|---|---|"
    rows = [
        f"| {KIND[name].zh}<br>{KIND[name].en} | {_minutes(length(core, answers))} | {_minutes(length(whole, answers))} |"
        for name, answers in typical_households.TYPES.items()
    ]
    return f"{KINDS.zh} {KINDS.en}\n\n{head}\n" + "\n".join(rows)


def _minutes(taken: Length) -> str:
    return f"{taken.minutes:.0f} ({taken.fast:.0f}–{taken.slow:.0f})"
