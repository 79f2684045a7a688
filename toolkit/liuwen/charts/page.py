"""One page that holds everything: both languages, every filter, no script from elsewhere, no network."""

import json
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.analysis.explorable import Explorable, explorable
from liuwen.analysis.source import source_of
from liuwen.charts.article import article
from liuwen.charts.export import SHEET, file_stem, headings
from liuwen.charts.filters import Filter, household_filters, month_filters
from liuwen.charts.static import WHOLE, said, stylesheet, texts
from liuwen.charts.theme import FONTS
from liuwen.charts.units import UNITS
from liuwen.charts.view import LANGUAGES, Selection, View, start, view
from liuwen.messages import Language, Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.responses import Responses

QUESTION = Sentence(zh="看哪一题", en="Question")
FILTER = Sentence(zh="哪些住户", en="Which households")
PLACE = Sentence(zh="哪个地方", en="Which place")
EVERYBODY = Sentence(zh="全部住户", en="All households")
KINDS = Sentence(zh="户别", en="Kind of household")
MONTHS = Sentence(zh="走访月份", en="Month of visit")
SAVE = Sentence(zh="下载所示（CSV）", en="Download what is shown (CSV)")
FOOT = Sentence(
    zh="不足 {minimum} {unit}的组，以及会让它们被推算出来的数字，都不在本页之中。",
    en="This page contains neither groups of fewer than {minimum} {unit} nor figures from which they could be computed.",
)
_MOST_QUESTIONS = 6
_CSV = ("place", "need", "asked", "wanting", "share", "low", "high", "withheld")


def page(
    responses: "Responses",
    path: str | PathLike[str],
    *,
    question: str | None = None,
    by: str | None = None,
    language: Language | None = None,
    minimum: int = 5,
    confidence: float = 0.95,
) -> Path:
    """Write answers by place as one HTML file to `path` and give the path back.

    The page holds both languages, all households and each kind and month of them for the first question, and the other questions
    for all households. It opens in the reader's language, or in `language`, and switches with a small script of its own; without
    scripts it shows all households. Other arguments as for `explore`.

    Raises `AnswerError` where the form has no question to count or no column of places.
    """
    begun = start(responses, question, by)
    source = source_of(responses)
    exploring = explorable(source, minimum)
    filters = [*household_filters(responses, minimum), *month_filters(responses, minimum)]
    filters = filters if exploring.can_be_filtered(begun.question) else []
    selections = [begun, *(replace(begun, where=((one.column, one.value),)) for one in filters)]
    selections += _other_questions(exploring, begun)
    views = [view(source, selection, minimum=minimum, confidence=confidence) for selection in selections]
    target = Path(path)
    target.write_text(_page(views, filters, language or language_in_force(), fixed=language is not None), encoding="utf-8")
    return target


def _other_questions(exploring: Explorable, begun: Selection) -> list[Selection]:
    """The other questions by the same column, where it can group them: ratings first, then those that most were asked."""
    kinds = exploring.questions
    others = [name for name in kinds if name != begun.question and begun.by in exploring.groupings(name)]
    asked = {name: -exploring.responses.base(name) for name in others}
    likely = sorted(others, key=lambda name: (kinds[name] != "rating", asked[name]))[:_MOST_QUESTIONS]
    return [Selection(name, begun.by) for name in others if name in likely]


def _page(views: Sequence[View], filters: Sequence[Filter], first: Language, *, fixed: bool) -> str:
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    articles = "".join(
        f'<article data-view="{number}"{" hidden" if number else ""}>{article(one, languages)}</article>'
        for number, one in enumerate(views)
    )
    foot = f'<p class="lw-foot">{said(FOOT.filled(minimum=views[0].minimum, unit=UNITS[views[0].counted]), languages)}</p>'
    css = stylesheet() + _asset("page.css").replace("var(--fonts)", FONTS)
    without_script = "<noscript><style>.liuwen-needs [lang] { display: inline !important; }</style></noscript>"
    title = f"<h1>{texts({language: views[0].titles[language]['form'] for language in LANGUAGES}, languages)}</h1>"
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if first == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_title(views[0])}</title>'
        f"<style>{css}</style>{without_script}</head><body>"
        f'<main class="liuwen-needs" data-language="{first}"{" data-fixed" if fixed else ""}>'
        f"{title}{_bar(views, filters, languages)}{articles}{foot}</main>"
        f"<script>{_asset('page.js')}</script></body></html>\n"
    )


def _asset(name: str) -> str:
    return files("liuwen.charts").joinpath(f"assets/{name}").read_text(encoding="utf-8")


def _title(shown: View) -> str:
    return escape(f"{shown.titles['zh']['form']} · {SHEET.zh} {SHEET.en}")


def _bar(views: Sequence[View], filters: Sequence[Filter], languages: Sequence[Language]) -> str:
    """The switches; in sight only where scripts run."""
    shown, others = views[0], views[1 + len(filters) :]
    kinds = [one for one in filters if not one.is_month]
    months = [one for one in filters if one.is_month]
    households = _option("", EVERYBODY) + _group(KINDS, kinds) + _group(MONTHS, months)
    places = _option("", WHOLE) + "".join(
        _option(place, Sentence(zh=shown.place_labels["zh"][place], en=shown.place_labels["en"][place]))
        for place in shown.place_order
    )
    questions = "".join(
        _option(str(number), Sentence(zh=one.titles["zh"]["question"], en=one.titles["en"]["question"]))
        for number, one in [(0, shown), *enumerate(others, 1 + len(filters))]
    )
    named = {
        "headings": {language: [headings(shown, language)[column] for column in _CSV] for language in LANGUAGES},
        "names": [file_stem(one.selection.question, one.selection.by, [], [v for _, v in one.selection.where]) for one in views],
    }
    speak = "".join(
        f'<button type="button" data-speak="{code}">{name}</button>' for code, name in (("zh", "中文"), ("en", "English"))
    )
    return (
        f'<div class="lw-bar" hidden data-csv="{escape(json.dumps(named, ensure_ascii=False))}">'
        f"<label>{said(QUESTION, languages)}<select>{questions}</select></label>"
        f"<label>{said(FILTER, languages)}<select>{households}</select></label>"
        f"<label>{said(PLACE, languages)}<select>{places}</select></label>"
        f'<div class="lw-languages">{speak}</div><button type="button" data-save>{said(SAVE, languages)}</button></div>'
    )


def _option(value: str, words: Sentence) -> str:
    return (
        f'<option value="{escape(value)}" data-zh="{escape(words.zh)}" data-en="{escape(words.en)}">{escape(words.zh)}</option>'
    )


def _group(words: Sentence, filters: Sequence[Filter]) -> str:
    options = "".join(_option(one.value, Sentence(zh=one.labels["zh"], en=one.labels["en"])) for one in filters)
    return f'<optgroup data-zh="{words.zh}" data-en="{words.en}" label="{words.zh}">{options}</optgroup>' if options else ""
