"""A default language that no column is written in."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.languages import plain_columns
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="默认语言“{language}”没有对应的列，手机会先显示 {first}：请写成 {known} 之一。",
    en="no column is in the default language “{language}”, so phones start in {first}; use one of {known}.",
)
BLANK = Sentence(
    zh="只有不写语言的列（“{column}”）算作默认语言“{language}”；手机先显示它，里面别的文字都显示“-”：请写成 {known} 之一。",
    en="only columns that name no language (“{column}”) are in the default language “{language}”, in which phones start and "
    "other texts show as “-”; use one of {known}.",
)


def unknown_default_language(facts: Facts) -> Iterator[Fault]:
    """It must be spelt as the columns spell it; columns that name no language are in it."""
    language = facts.form.settings.get("default_language", "")
    languages = facts.form.languages
    if not language or not languages or language in languages or language == "default":
        return
    place = facts.place("settings", 2, "default_language")
    plain = plain_columns(facts)
    known = " / ".join(languages)
    if not plain.in_default:
        yield warning(place, UNKNOWN.filled(language=language, first=languages[0], known=known))
    elif plain.left_blank:
        yield error(place, BLANK.filled(language=language, column=plain.in_default[0].place.column, known=known))
