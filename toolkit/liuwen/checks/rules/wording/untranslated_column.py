"""A column without a language beside columns that name one."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.checks.languages import plain_columns
from liuwen.messages import Sentence

DEFAULT = Sentence(
    zh="“{header}”列没有写语言，而别的列写了：手机会多出一种叫“default”的语言，排在最前，里面别的文字都显示“-”。请改成“{meant}”。",
    en="the column “{header}” names no language while others do, so phones list a language “default” first, in which other texts "
    "show as “-”; rename it to “{meant}”.",
)
EVERYWHERE = Sentence(
    zh="“{header}”列没有写语言，选哪种语言都显示同样的文字：请改成“{meant}”，再补上别的语言。",
    en="the column “{header}” names no language, so its texts are the same in every language; rename it to “{meant}” and add the "
    "other languages.",
)


def untranslated_column(facts: Facts) -> Iterator[Fault]:
    """Unless the setting default_language says which language such a column is in."""
    languages = facts.form.languages
    if not languages or facts.form.settings.get("default_language", "") not in {"", "default"} or facts.form.is_xform:
        return
    plain = plain_columns(facts)
    for each in plain.all:
        values = {"header": each.place.column, "meant": f"{each.place.column}::{languages[0]}"}
        if plain.left_blank and each in plain.in_default:
            yield warning(each.place, DEFAULT.filled(**values))
        elif each[:2] not in plain.named:
            yield note(each.place, EVERYWHERE.filled(**values))
