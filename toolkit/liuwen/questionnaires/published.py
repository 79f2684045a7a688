"""The questionnaires that are published in `forms/`: written from the code, and found out where they are stale.

They are written for the made-up town, so that they can be tried as they stand; a real town builds its own with its villages.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.questionnaires.household_appraisal import household_appraisal
from liuwen.questionnaires.household_interview import household_interview
from liuwen.questionnaires.length import length
from liuwen.questionnaires.satisfaction_survey import satisfaction_survey
from liuwen.questionnaires.town import made_up_town
from liuwen.questionnaires.typical import HOUSEHOLD, RESIDENT

README = "README.md"


class PublishedQuestionnaire(NamedTuple):
    """One published questionnaire: the form, what it is for, and someone's answers to tell its length by."""

    form: Form
    purpose: Sentence
    answers: Mapping[str, object]


def published() -> tuple[PublishedQuestionnaire, ...]:
    """Every published questionnaire, in the order they are listed."""
    town = made_up_town()
    return (
        PublishedQuestionnaire(household_interview(town), INTERVIEW, HOUSEHOLD),
        PublishedQuestionnaire(household_interview(town, appraisal="separate"), WITHOUT_APPRAISAL, HOUSEHOLD),
        PublishedQuestionnaire(household_appraisal(town), APPRAISAL, HOUSEHOLD),
        PublishedQuestionnaire(satisfaction_survey(town), SATISFACTION, RESIDENT),
    )


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
APPRAISAL = Sentence(zh="第四问，不记名", en="The fourth question, anonymous")
SATISFACTION = Sentence(zh="群众满意度，不记名", en="Satisfaction of residents, anonymous")
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
    zh="“题数”是全部题目；“问到”和“分钟”是一户话多的人家实际问到的题数和估计时间（朗读加作答，见 `length.py`），不是实测。",
    en="“Questions” counts all; “asked” and “minutes” are for a household with much to say: what it is asked, and the estimated "
    "time to read it out and answer (see `length.py`). It is an estimate, not a measurement.",
)


def _readme(made: tuple[PublishedQuestionnaire, ...]) -> str:
    head = "| 文件 File | 用途 Purpose | 题数 Questions | 问到 Asked | 分钟 Minutes (中文 / English) |\n|---|---|---|---|---|"
    words = "\n\n".join(sentence.in_language(language) for sentence in (ABOUT, OWN, LENGTH) for language in ("zh", "en"))
    return f"# 问卷 Questionnaires\n\n{head}\n{_rows(made)}\n\n{words}\n"


def _rows(made: tuple[PublishedQuestionnaire, ...]) -> str:
    return "\n".join(_row(each) for each in made)


def _row(each: PublishedQuestionnaire) -> str:
    count = sum(question.is_asked and question.type != "note" for question in each.form.questions)
    zh, en = (length(each.form, each.answers, language) for language in ("zh", "en"))
    purpose = f"{each.purpose.zh}<br>{each.purpose.en}"
    return f"| `{each.form.id}.xlsx` | {purpose} | {count} | {zh.questions} | {zh.minutes:.0f} / {en.minutes:.0f} |"
