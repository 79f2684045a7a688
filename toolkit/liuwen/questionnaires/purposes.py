"""Why each question is asked and what is done with its answer, as data beside the questions, and the page written from it."""

import csv
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from liuwen.form.elements import Element
from liuwen.form.model import Form


class Purpose(NamedTuple):
    """Why a question is asked and what is done with the answer, in both languages."""

    why_zh: str
    use_zh: str
    why_en: str
    use_en: str


@lru_cache(maxsize=1)
def purposes() -> tuple[tuple[tuple[str, ...], Purpose], ...]:
    """Patterns of question names (`school_*`), with their purpose, the first that matches holds."""
    text = files(__package__).joinpath("purposes.csv").read_text(encoding="utf-8")
    return tuple(
        (tuple(row["question"].split()), Purpose(row["why_zh"], row["use_zh"], row["why_en"], row["use_en"]))
        for row in csv.DictReader(text.splitlines())
    )


def purpose_of(question: str) -> Purpose | None:
    """The purpose of a question, by its name; an exact name goes before a pattern.

    >>> purpose_of("needs").use_en
    'needs by village; what is to be solved becomes a matter'
    """
    exact = next((purpose for names, purpose in purposes() if question in names), None)
    return exact or next((found for names, found in purposes() if any(fnmatchcase(question, name) for name in names)), None)


def questions_of(form: Form) -> Iterator[Element]:
    """The questions of a form that somebody answers."""
    return (question for question in form.questions if question.is_asked and question.type != "note")


def page(form: Form, language: str) -> str:
    """A Markdown table of a form's questions: wording, asked when, why, and what is done with the answer.

    Args:
        form: The form.
        language: "zh" or "en".

    Returns:
        The heading and the table.
    """
    heads = {
        "zh": "| 题 | 问法 | 为什么问 | 答了做什么 |",
        "en": "| Question | Wording | Why it is asked | What is done with it |",
    }
    lines = [f"### {form.id}", "", heads[language], "|---|---|---|---|"]
    for question in questions_of(form):
        found = purpose_of(question.name)
        why, use = ("", "") if found is None else (found[0:2] if language == "zh" else found[2:4])
        wording = question.label(language).replace("|", "/").replace("\n", " ")
        lines.append(f"| `{question.name}` | {wording} | {why} | {use} |")
    return "\n".join(lines)
