"""The pages `docs/questions.md` and `docs/questions.zh-CN.md`: every question with why it is asked, written from the forms."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.questionnaires.household_interview import ALL, household_interview
from liuwen.questionnaires.published import published
from liuwen.questionnaires.purposes import page

FILES: dict[Literal["zh", "en"], str] = {"en": "questions.md", "zh": "questions.zh-CN.md"}
TITLE = Sentence(zh="# 每一题为什么问、答了做什么", en="# Why each question is asked, and what is done with it")
INTRO = Sentence(
    zh="本页由问卷和 `purposes.csv` 生成，请不要手工修改。入户访谈列出全部模块；"
    "怎样写题见 [questionnaires.zh-CN.md](questionnaires.zh-CN.md)。",
    en="This page is written from the questionnaires and `purposes.csv`; do not edit it by hand. The interview is shown with "
    "every module; how questions are written stands in [questionnaires.md](questionnaires.md).",
)


def pages() -> dict[str, str]:
    """File name → Markdown, the same each time."""
    forms = [household_interview(modules=ALL), *(each.form for each in published()[2:])]
    return {file: _written(forms, language) for language, file in FILES.items()}


def write(folder: Path) -> None:
    """Write both pages into `folder`."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _written(forms: Iterable[Form], language: Literal["zh", "en"]) -> str:
    head = f"{TITLE.in_language(language)}\n\n{INTRO.in_language(language)}\n"
    return "\n\n".join([head.rstrip(), *(page(form, language) for form in forms)]) + "\n"
