"""The parts of the view without a kernel: HTML with inline colours, no script and no image, in one language or in both."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Protocol, cast

import pandas as pd

from liuwen.charts.cells import cell_words, records
from liuwen.charts.theme import FONTS, SCALE, WITHHELD, WITHHELD_INK, colour, ink_on
from liuwen.charts.units import HEADINGS, UNITS
from liuwen.charts.view import LANGUAGES, View
from liuwen.messages import Language, Sentence

SYNTHETIC = Sentence(zh="合成数据：不是任何真人所答", en="Synthetic data: no real person gave these answers")
BASE = Sentence(zh="问到 <b>{asked}</b> {unit}", en="<b>{asked}</b> {unit} asked")
BASE_HIDDEN = Sentence(zh="问到的不足 {minimum} {unit}，不显示", en="fewer than {minimum} {unit} asked: not shown")
INTERVAL = Sentence(zh="横条为 {confidence:.0f}% 区间（Wilson）", en="bars are {confidence:.0f} % intervals (Wilson)")
HEAT = Sentence(zh="按“{by}”分：占问到{unit}的百分比", en='By "{by}": percent of the {unit} asked')
RANKING = Sentence(zh="排序：", en="By rank: ")
IN_FORM_ORDER = Sentence(zh="分布：", en="Distribution: ")
WHOLE = Sentence(zh="全部", en="All")
NEED = Sentence(zh="回答", en="Answer")
KEY_SHARE = Sentence(zh="占被问到者的百分比", en="share of those asked")
KEY_FEW = Sentence(zh="这样答的不足 {minimum} {unit}", en="fewer than {minimum} {unit} gave this answer")
KEY_NEARLY_ALL = Sentence(
    zh="没有这样答的不足 {minimum} {unit}，占比高于此数",
    en="fewer than {minimum} {unit} did not give this answer: the share is above this",
)
KEY_WITHHELD = Sentence(
    zh="不显示：该处不足 {minimum} {unit}，或会让别处的数字被推算出来",
    en="withheld: fewer than {minimum} {unit} there, or another figure could be computed from it",
)
TABLE_OF = Sentence(zh="可横向滚动的表格：{question}", en="Table that scrolls sideways: {question}")
FILTERED = Sentence(zh="仅看：{what}", en="Only: {what}")

Languages = Sequence[Language]
MANY = 16
"""More places than this have the width of the page to themselves."""
SHADES = 20
"""Steps of the scale in a table."""


def stylesheet() -> str:
    """The CSS of the static view, the page and the table in the widget."""
    css = files("liuwen.charts").joinpath("assets/needs.css").read_text(encoding="utf-8")
    return css.replace("var(--fonts)", FONTS) + "".join(_shade(number) for number in range(SHADES + 1))


def _shade(number: int) -> str:
    background = colour(number / SHADES)
    return f".liuwen-needs table.lw-table td.lw-{number} {{ background: {background}; color: {ink_on(background)}; }}\n"


def said(sentence: Sentence, languages: Languages) -> str:
    """A sentence, its markup kept, in each of the languages."""
    return spans({language: sentence.in_language(language) for language in languages}, languages)


def texts(by_language: Mapping[Language, str], languages: Languages) -> str:
    """Words of the form, escaped, in each of the languages."""
    return spans({language: escape(by_language[language]) for language in languages}, languages)


def spans(markup: Mapping[Language, str], languages: Languages, tag: str = "span") -> str:
    """Once where all languages say the same; `tag` is "tspan" in a picture."""
    if len({markup[language] for language in languages}) == 1:
        return markup[languages[0]]
    return "".join(f'<{tag} lang="{language}">{markup[language]}</{tag}>' for language in languages)


def base_sentence(view: View) -> Sentence:
    """How many were asked, of what."""
    base, unit = view.base(), UNITS[view.counted]
    return BASE.filled(asked=base, unit=unit) if base is not None else BASE_HIDDEN.filled(minimum=view.minimum, unit=unit)


def heat_title(view: View) -> Sentence:
    """By what the table is made, and what its percentages are of; as markup."""
    by = Sentence(zh=escape(view.titles["zh"]["by"].rstrip("？?")), en=escape(view.titles["en"]["by"].rstrip("？?")))
    return HEAT.filled(by=by, unit=HEADINGS[view.counted])


def heading_text(view: View, language: Language) -> str:
    """The heading as one line of plain text."""
    asked = base_sentence(view)
    marked = [SYNTHETIC.in_language(language)] if view.synthetic else []
    plain = asked.in_language(language).replace("<b>", "").replace("</b>", "")
    return " · ".join(
        [view.titles[language]["form"], view.titles[language]["question"], plain, *view.group_labels[language].values(), *marked]
    )


def heading(view: View, languages: Languages) -> str:
    """What was asked of how many; whether it is synthetic."""
    asked = base_sentence(view)
    parts = [said(asked, languages), said(INTERVAL.filled(confidence=view.confidence * 100), languages)]
    if view.selection.where:
        only = Sentence(zh="、".join(view.group_labels["zh"].values()), en=", ".join(view.group_labels["en"].values()))
        parts.insert(0, said(FILTERED.filled(what=Sentence(zh=escape(only.zh), en=escape(only.en))), languages))
    synthetic = f'<p class="lw-synthetic">{said(SYNTHETIC, languages)}</p>' if view.synthetic else ""
    titles = {role: {lang: view.titles[lang][role] for lang in LANGUAGES} for role in ("form", "question")}
    return (
        f"<h2>{texts(titles['question'], languages)}</h2>"
        f'<p class="lw-form">{texts(titles["form"], languages)}</p>{synthetic}'
        f'<p class="lw-base">{" · ".join(parts)}</p>'
    )


def heat(view: View, languages: Languages, places: Sequence[str] | None = None, *, painted: bool = False) -> str:
    """The heat table under its title: a row a need, a column a place, the whole first."""
    title = f"<h3>{said(heat_title(view), languages)}</h3>"
    table = heat_table(view, languages, places, painted=painted)
    wide = " lw-many" if len(view.place_order if places is None else places) > MANY else ""
    return f'<section class="lw-heat{wide}">{title}{scrolling(view, table, languages[0])}</section>'


def scrolling(view: View, table: str, language: Language) -> str:
    """A table in a region that the keyboard can scroll, with a name for those who hear it."""
    name = escape(TABLE_OF.filled(question=view.titles[language]["question"]).in_language(language))
    return f'<div class="lw-scroll" tabindex="0" role="region" aria-label="{name}">{table}</div>'


def heat_table(
    view: View, languages: Languages, places: Sequence[str] | None = None, *, detail: bool = False, painted: bool = False
) -> str:
    """The table alone, of all places or of some; with `detail`, counts in every cell; `painted`, colours in every cell."""
    shown = list(view.place_order if places is None else places)
    cells = pd.concat([view.whole.assign(place=""), view.places[view.places["place"].isin(shown)]], ignore_index=True)
    made = _cells(cells, view, detail=detail, painted=painted)
    grid = dict(zip(zip(cells["need"].tolist(), cells["place"].tolist(), strict=True), made, strict=True))
    rows = (
        f'<tr{_last(view, need)}><th scope="row">{_need(view, need, languages)}</th>'
        f"{''.join(grid[need, place] for place in ['', *shown])}</tr>"
        for need in view.need_order
    )
    return f'<table class="lw-table"><thead>{_head(view, shown, languages)}</thead><tbody>{"".join(rows)}</tbody></table>'


def ranking(view: View, languages: Languages, places: Sequence[str] | None = None) -> str:
    """The answers of some places together, or of the whole, in order, each with its interval."""
    table = view.in_order(places)
    full = axis_end(table)
    words = cell_words(table, view.minimum, languages[0], compact=True)
    rows = (
        _bar(_need(view, row.need, languages), row, word, full)
        for row, word in zip(cast("Iterator[_Row]", table.itertuples(index=False)), words, strict=True)
    )
    title = ranking_title(view, languages, places)
    order = " data-sorted" if view.kind == "choices" else ""
    return f'<section class="lw-rank"><h3>{title}</h3><ol class="lw-bars"{order}>{"".join(rows)}</ol></section>'


def ranking_title(view: View, languages: Languages, places: Sequence[str] | None = None) -> str:
    """Whose answers are in order, and how many were asked."""
    joined = Sentence(zh="、", en=", ")
    name = said(joined, languages).join(place_name(view, place, languages) for place in places or ()) or said(WHOLE, languages)
    order = RANKING if view.kind == "choices" else IN_FORM_ORDER
    return f"{said(order, languages)}<span data-ranked>{name}{base_note(view.asked_in(places))}</span>"


def axis_end(table: pd.DataFrame) -> float:
    """Where a ranking's axis ends: the highest upper end of an interval, up to the next tenth."""
    highest: float = max([0.1, *table["high"].dropna().tolist()])
    return min(1.0, math.ceil(round(highest * 10, 6)) / 10)


def key(view: View, languages: Languages) -> str:
    """What colours and words mean; only those that occur."""
    stops = ", ".join(f"{colour} {stop:.0%}" for stop, colour in SCALE)
    ramp = f'<span class="lw-ramp" style="background:linear-gradient(90deg, {stops})"></span>'
    items = [f'<span class="lw-scale">{said(KEY_SHARE, languages)} 0 {ramp} {view.top:.0%}</span>']
    reasons = set(view.places["reason"]) | set(view.whole["reason"])
    for words, sentence, here in (
        (f"&lt;{view.minimum}", KEY_FEW, "few" in reasons),
        ("&gt;…", KEY_NEARLY_ALL, "nearly all" in reasons),
        ("·", KEY_WITHHELD, bool(reasons & {"protected", "small group"})),
    ):
        if here:
            meaning = said(sentence.filled(minimum=view.minimum, unit=UNITS[view.counted]), languages)
            items.append(f'<span><span class="lw-swatch lw-withheld">{words}</span> {meaning}</span>')
    return f'<p class="lw-key">{" ".join(items)}</p>'


def _need(view: View, need: str, languages: Languages) -> str:
    return texts({language: view.need_labels[language][need] for language in LANGUAGES}, languages)


def _last(view: View, need: str) -> str:
    return " data-last" if need in view.no_needs else ""


def place_name(view: View, place: str, languages: Languages) -> str:
    """What a place is called, as markup."""
    return texts({language: view.place_labels[language][place] for language in LANGUAGES}, languages)


def _head(view: View, places: Sequence[str], languages: Languages) -> str:
    bases = {"": view.base(), **view.bases}
    columns = []
    for place in ["", *places]:
        name = place_name(view, place, languages) if place else said(WHOLE, languages)
        asked = "" if bases[place] is None else bases[place]
        whole = "" if place else ' class="lw-whole"'
        columns.append(
            f'<th scope="col"{whole} data-place="{escape(place)}" data-asked="{asked}">{name}{base_note(bases[place])}</th>'
        )
    return f'<tr><th scope="col">{said(NEED, languages)}</th>{"".join(columns)}</tr>'


def base_note(asked: int | None) -> str:
    """How many were asked, in small type."""
    return f" <small>{'n=·' if asked is None else f'n={asked}'}</small>"


def _cells(cells: pd.DataFrame, view: View, *, detail: bool, painted: bool) -> list[str]:
    """A `<td>` for each row: its shade, its words, and its figures as data for a page's script."""
    words = cell_words(cells, view.minimum, "en", compact=True).tolist()
    rows = records(cells, ["place", "asked", "wanting", "share", "low", "high", "reason"])
    made = []
    for word, (place, asked, wanting, share, low, high, reason) in zip(words, rows, strict=True):
        whole = "" if place else " lw-whole"
        if share is None:
            paint = f' style="background-color:{WITHHELD};color:{WITHHELD_INK}"' if painted else ""
            made.append(f'<td class="lw-withheld{whole}"{paint} data-r="{reason}">{escape(word)}</td>')
            continue
        shade = round(share / view.top * SHADES)
        counts = f"<small>{wanting}/{asked}</small><small>({low * 100:.0f}–{high * 100:.0f})</small>" if detail else ""
        data = f" data-w={wanting} data-s={share * 100:.1f} data-l={low * 100:.1f} data-h={high * 100:.1f}"
        made.append(f'<td class="lw-{shade}{whole}"{_paint(shade) if painted else ""}{data}>{escape(word)}{counts}</td>')
    return made


def _paint(number: int) -> str:
    background = colour(number / SHADES)
    return f' style="background-color:{background};color:{ink_on(background)}"'


def _bar(name: str, row: "_Row", word: str, full: float) -> str:
    """One need of a ranking: its name, its point and interval, its percent; or the words that may be published instead."""
    named = f'<span class="lw-name">{name}</span>'
    if pd.isna(row.share):
        return f'<li class="lw-none">{named} <span class="lw-track"></span> <span class="lw-share">{escape(word)}</span></li>'
    share, low, high = (end / full * 100 for end in (row.share, row.low, row.high))
    marks = f'<i class="lw-range" style="left:{low:.1f}%;width:{high - low:.1f}%"></i>'
    marks += f'<i class="lw-dot" style="left:{share:.1f}%"></i>'
    ranked = ' class="lw-none"' if pd.isna(row.rank) else ""
    percent = f'<span class="lw-share">{row.share * 100:.0f} %</span>'
    return f'<li{ranked}>{named} <span class="lw-track">{marks}</span> {percent}</li>'


class _Row(Protocol):
    need: str
    share: float
    low: float
    high: float
    rank: int
