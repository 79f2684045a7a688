"""Ratings as diverging bars: the good steps to the right of a common line, the bad ones to the left, a bar a place."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from liuwen.charts.static import Languages, base_note, place_name, said, spans, texts
from liuwen.charts.theme import ink_on
from liuwen.charts.view import LANGUAGES, View
from liuwen.messages import Language, Sentence

TITLE = Sentence(zh="评价分布：左为差，右为好（%）", en="Ratings: poor to the left, good to the right (percent)")
WHOLE = Sentence(zh="全部", en="All")
NOT_SHOWN = Sentence(
    zh="不显示（问到的太少，或会让别的数字被推算出来）：{places}",
    en="Not shown (too few, or another figure could be computed from it): {places}",
)
NOT_RATED = Sentence(zh="没有评价（不知道、不愿说、没有作答）", en="no rating (don't know, refused, blank)")
BEST, MIDDLE, WORST, NONE = "#0e4c6a", "#d5d9dc", "#9a4a12", "#f2f3f4"
_HEARD = "position:absolute;width:1px;height:1px;overflow:hidden"
_SWATCH = "display:inline-block;width:14px;height:12px"
"""Written out, since Jupyter strips style sheets from notebooks it does not trust."""
_GOOD, _BAD = ("#0e4c6a", "#5b9ab8", "#a9cbdb"), ("#9a4a12", "#cf8a4f", "#ecc9a6")


def diverging(view: View, languages: Languages, places: Sequence[str] | None = None) -> str:
    """The bars of the whole and of the places whose steps are all shown; the other places in one sentence."""
    chosen = view.place_order if places is None else places
    tables = {str(place): table for place, table in view.places.groupby("place", sort=False) if place in set(chosen)}
    withheld = set(view.places.loc[view.places["need"].isin(list(view.steps)) & view.places["share"].isna(), "place"])
    closed = [place for place in tables if place in withheld]
    rows = (
        [_row(view, view.whole, said(WHOLE, languages) + base_note(view.base()), languages)]
        if _is_shown(view, view.whole)
        else []
    )
    for place, table in tables.items():
        if place not in closed:
            rows.append(_row(view, table, place_name(view, place, languages) + base_note(view.bases[place]), languages))
    title = f"<h3>{said(TITLE, languages)}</h3>"
    below = _key(view, languages) + _closed(view, closed, languages)
    return f'<section class="lw-diverging">{title}<ol>{"".join(rows)}</ol>{below}</section>'


def _is_shown(view: View, table: pd.DataFrame) -> bool:
    return bool(table.loc[table["need"].isin(list(view.steps)), "share"].notna().all())


def _closed(view: View, places: Sequence[str], languages: Languages) -> str:
    if not places:
        return ""
    names = {language: [escape(view.place_labels[language][place]) for place in places] for language in LANGUAGES}
    listed = NOT_SHOWN.filled(places=Sentence(zh="、".join(names["zh"]), en=", ".join(names["en"])))
    return f'<p class="lw-closed">{said(listed, languages)}</p>'


def step_colours(view: View) -> dict[str, str]:
    """A colour for each step, from the worst to the best; the same for every question with as many steps."""
    ordered = sorted(view.steps, key=lambda step: view.steps[step])
    half = len(ordered) // 2
    bad = [_BAD[min(2, number * 3 // max(half, 1))] for number in range(half)]
    good = [_GOOD[min(2, number * 3 // max(half, 1))] for number in range(half)][::-1]
    return dict(zip(ordered, [*bad, *([MIDDLE] if len(ordered) % 2 else []), *good], strict=True))


def _row(view: View, table: pd.DataFrame, name: str, languages: Languages) -> str:
    shares = {**dict.fromkeys(view.steps, 0.0), **dict(zip(table["need"], table["share"], strict=True))}
    ordered = sorted(view.steps, key=lambda step: view.steps[step])
    half, colours = len(ordered) // 2, step_colours(view)
    left = sum(shares[step] for step in ordered[:half]) + (shares[ordered[half]] / 2 if len(ordered) % 2 else 0)
    parts = "".join(_part(view, step, shares[step], colours[step], languages) for step in ordered)
    told = {language: _told(view, ordered, shares, language) for language in languages}
    read = spans({language: escape(told[language]) for language in languages}, languages)
    bar = f'<span class="lw-parts" aria-hidden="true" style="display:flex;margin-left:{50 - left * 50:.2f}%">{parts}</span>'
    heard = f'<span class="lw-read" style="{_HEARD}">{read}</span>'
    return f'<li><span class="lw-name">{name}</span><span class="lw-line" style="display:block">{bar}{heard}</span></li>'


def _told(view: View, ordered: Sequence[str], shares: dict[str, float], language: Language) -> str:
    labels = view.need_labels[language]
    return ("；" if language == "zh" else "; ").join(f"{labels[step]} {shares[step]:.0%}" for step in reversed(ordered))


def _part(view: View, step: str, share: float, colour: str, languages: Languages) -> str:
    number = f"<span>{share * 100:.0f}</span>" if share >= 0.08 else ""
    title = escape(f"{view.need_labels[languages[0]][step]} {share:.0%}")
    style = f"width:{share * 50:.2f}%;background:{colour};color:{ink_on(colour)}"
    return f'<span title="{title}" style="{style}">{number}</span>' if share > 0 else ""


def _key(view: View, languages: Languages) -> str:
    colours = step_colours(view)
    names = [
        f'<span><span class="lw-swatch" style="{_SWATCH};background:{colours[step]}"></span>'
        f"{texts({language: view.need_labels[language][step] for language in LANGUAGES}, languages)}</span>"
        for step in sorted(view.steps, key=lambda each: view.steps[each])
    ]
    left = f"<span>{said(NOT_RATED, languages)}{_unrated(view)}</span>"
    return f'<p class="lw-key">{" ".join([*names, left])}</p>'


def _unrated(view: View) -> str:
    """The part of all asked that gave no rating, where it may be shown."""
    rest = view.whole[~view.whole["need"].isin(view.steps)]
    told = rest["share"].notna().all()
    return f" {rest['share'].sum():.0%}" if told else ""
