"""A column without a language beside columns that name one."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.form.headers import TRANSLATED
from liuwen.form.sheets import Place
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
_ALWAYS_TRANSLATED = frozenset({"guidance_hint", "image", "big-image", "audio", "video"})
"""What pyxform keeps among the translations though no language is named; other columns without one stand in the form itself."""
_SHEETS = ("survey", "choices")


def untranslated_column(facts: Facts) -> Iterator[Fault]:
    """Unless the setting default_language says which language such a column is in."""
    languages = facts.form.languages
    if not languages or facts.form.settings.get("default_language", "") not in {"", "default"} or facts.form.is_xform:
        return
    named = {(sheet, header.column) for sheet in _SHEETS for header in facts.form.headers(sheet) if header.language}
    plain = [(sheet, column, place) for sheet, column, place in _without_language(facts) if _is_filled(facts, sheet, column)]
    makes_default = [each for each in plain if each[1] in _ALWAYS_TRANSLATED or each[:2] in named]
    left_blank = named - {each[:2] for each in plain}
    for sheet, column, place in plain:
        values = {"header": place.column, "meant": f"{place.column}::{languages[0]}"}
        if left_blank and (sheet, column, place) in makes_default:
            yield warning(place, DEFAULT.filled(**values))
        elif (sheet, column) not in named:
            yield note(place, EVERYWHERE.filled(**values))


def _without_language(facts: Facts) -> Iterator[tuple[str, str, Place]]:
    for sheet in _SHEETS:
        held = facts.form.sheet(sheet)
        for means, header in zip(facts.form.headers(sheet), held.header if held else (), strict=True):
            if held and means.column in TRANSLATED and not means.language:
                yield sheet, means.column, Place(held.name, 1, header)


def _is_filled(facts: Facts, sheet: str, column: str) -> bool:
    return any("" in wording.texts for _, wording in facts.wordings(sheet, column))
