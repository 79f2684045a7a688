"""A text that is there in one language and missing in another."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.checks.languages import spelt_twice
from liuwen.messages import Sentence

NO_COLUMN = Sentence(
    zh="{sheet} 表没有“{column}::{language}”列，选这种语言的人会看不到文字：请补上。",
    en="the {sheet} sheet has no column “{column}::{language}”, so readers of that language see nothing; add it.",
)
BLANK = Sentence(zh="这里缺少“{language}”的文字：请补上。", en="the {language} text is missing here; add it.")
EMPTY = Sentence(
    zh="这一列“{language}”一个字也没有（{count} 行都缺）：请翻译，或删去这一列。",
    en="this column has no {language} text at all ({count} rows are blank); translate it, or delete the column.",
)
NO_NAME = Sentence(zh="默认语言", en="default language")
_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


def missing_translation(facts: Facts) -> Iterator[Fault]:
    """Per cell; a column that is missing as a whole is reported once."""
    unseen = {element.row for element in facts.questions if not element.is_asked}
    for sheet, column, languages in _translated(facts):
        written = {header.language for header in facts.form.headers(sheet) if header.column == column}
        for language in languages:
            named = language or NO_NAME
            blank = [
                row
                for row, wording in facts.wordings(sheet, column)
                if language not in wording.texts and not (sheet == "survey" and row in unseen)
            ]
            if language not in written:
                values = {"sheet": sheet, "column": column, "language": named}
                if blank:
                    yield warning(facts.place(sheet, 1), NO_COLUMN.filled(**values))
                continue
            filled = any(language in wording.texts for _, wording in facts.wordings(sheet, column))
            if not filled and len(blank) > 1:
                yield warning(facts.place(sheet, 1, column, language), EMPTY.filled(language=named, count=len(blank)))
                continue
            for row in blank:
                yield warning(facts.place(sheet, row, column, language), BLANK.filled(language=named))


def _translated(facts: Facts) -> Iterator[tuple[str, str, list[str]]]:
    """Sheet, column and the languages it should be written in, for columns that are translated at all."""
    confused = {language for rarer, other, certain in spelt_twice(facts.form) if certain for language in (rarer, other)}
    for sheet in ("survey", "choices"):
        for column in _TEXTS:
            written = {header.language for header in facts.form.headers(sheet) if header.column == column}
            languages = [language for language in facts.form.languages if language not in confused]
            if written - {""} and "" in written and any("" in wording.texts for _, wording in facts.wordings(sheet, column)):
                languages.append("")
            if written - {""} and len(languages) > 1:
                yield sheet, column, languages
