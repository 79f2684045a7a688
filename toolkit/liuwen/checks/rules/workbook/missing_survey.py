"""A form without a survey sheet, without its type and name columns, or without a single question."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

NO_SHEET = Sentence(
    zh="没有 survey 表：请加上，或核对表名。",
    en="there is no survey sheet; add one, or check the names of the sheets.",
)
NO_COLUMN = Sentence(zh="survey 表缺少“{column}”列：请加上。", en="the survey sheet has no {column} column; add it.")
NO_QUESTION = Sentence(
    zh="survey 表里没有题目：请写上题目。",
    en="the survey sheet has no questions; write some.",
)


def missing_survey(facts: Facts) -> Iterator[Fault]:
    """Nothing works without questions, and none is read without a type and a name."""
    if facts.form.sheet("survey") is None:
        yield error(Place("survey"), NO_SHEET)
        return
    columns = {header.column for header in facts.form.headers("survey")}
    for column in ("type", "name"):
        if column not in columns:
            yield error(facts.place("survey", 1), NO_COLUMN.filled(column=column))
    if {"type", "name"} <= columns and not facts.questions:
        yield error(facts.place("survey"), NO_QUESTION)
