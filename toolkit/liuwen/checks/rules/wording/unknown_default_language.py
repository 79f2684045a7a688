"""A default language that no column is written in."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="默认语言“{language}”没有对应的列，手机会显示空白：请写成 {known} 之一。",
    en="no column is in the default language “{language}”, so phones show blanks; use one of {known}.",
)


def unknown_default_language(facts: Facts) -> Iterator[Fault]:
    """It must be spelt as the columns spell it."""
    language = facts.form.settings.get("default_language", "")
    languages = facts.form.languages
    if language and languages and language not in languages and language != "default":
        yield error(
            facts.place("settings", 2, "default_language"), UNKNOWN.filled(language=language, known=" / ".join(languages))
        )
