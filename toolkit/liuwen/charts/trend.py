"""Answers over months or rounds: a line with its interval for each of the most frequent ones."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from liuwen.charts.static import Languages, said, spans, texts
from liuwen.charts.view import LANGUAGES, View
from liuwen.messages import Sentence

TITLE = Sentence(zh="变化：占被问到者的百分比，阴影为区间", en="Over time: percent of those asked, shaded intervals")
LINES = ("#0e4c6a", "#b4590f", "#3d7a3a", "#7a3e86")
"""Colours that a colour-blind reader tells apart; each line carries its own mark too."""
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 480, 220, 44, 16, 14, 30
_MOST_NAMED = 6


def trend(view: View, languages: Languages, answer: str | None = None) -> str:
    """The chosen answer over time, or the four given most often; "" where there is nothing to draw."""
    answers = [answer] if answer else [need for need in view.need_order if need not in view.no_needs][: len(LINES)]
    times = view.place_order
    rows = view.places[view.places["need"].isin(answers)]
    if len(times) < 2 or rows["share"].notna().sum() < 2:
        return ""
    top = min(1.0, max(0.2, float(rows["high"].max()) * 1.05))
    drawn = "".join(
        _line(rows[rows["need"] == need].set_index("place").reindex(times), number, top) for number, need in enumerate(answers)
    )
    marks = _axis(view, times, top, languages)
    names = [
        f'<span><span class="lw-swatch" style="background:{LINES[number]}"></span>'
        f"{texts({language: view.need_labels[language][need] for language in LANGUAGES}, languages)}</span>"
        for number, need in enumerate(answers)
    ]
    title = escape(f"{TITLE.in_language(languages[0])}: {', '.join(view.need_labels[languages[0]][need] for need in answers)}")
    picture = f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">{marks}{drawn}</svg>'
    return f'<section class="lw-trend"><h3>{said(TITLE, languages)}</h3>{picture}<p class="lw-key">{"".join(names)}</p></section>'


def _across(number: int, count: int) -> float:
    return _LEFT + 12 + number * (_WIDTH - _LEFT - _RIGHT - 24) / max(count - 1, 1)


def _down(share: float, top: float) -> float:
    return _TOP + (1 - share / top) * (_HEIGHT - _TOP - _BOTTOM)


def _axis(view: View, times: Sequence[str], top: float, languages: Languages) -> str:
    step = 0.25 if top > 0.6 else 0.1 if top > 0.25 else 0.05
    lines = [number * step for number in range(int(top / step + 1e-9) + 1)]
    across = "".join(
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_down(at, top):.1f}" y2="{_down(at, top):.1f}"/>'
        f'<text x="{_LEFT - 6}" y="{_down(at, top) + 4:.1f}" text-anchor="end">{at:.0%}</text>'
        for at in lines
    )
    every = max(1, -(-len(times) // _MOST_NAMED))
    names = [{language: escape(view.place_labels[language][time]) for language in LANGUAGES} for time in times]
    named = "".join(
        f'<text x="{_across(number, len(times)):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">'
        f"{spans(name, languages, 'tspan')}</text>"
        for number, name in enumerate(names)
        if number % every == 0
    )
    return f'<g class="lw-axis">{across}{named}</g>'


def _line(table: pd.DataFrame, number: int, top: float) -> str:
    """One answer: a band, a line and points; broken where a figure is not shown."""
    count, ink = len(table), LINES[number]
    runs: list[list[tuple[float, float, float, float]]] = [[]]
    for at, (share, low, high) in enumerate(table[["share", "low", "high"]].to_numpy(dtype=float)):
        if pd.isna(share):
            runs.append([])
        else:
            runs[-1].append((_across(at, count), _down(share, top), _down(low, top), _down(high, top)))
    return "".join(_run(run, ink) for run in runs if run)


def _run(run: list[tuple[float, float, float, float]], ink: str) -> str:
    edge = [*((x, high) for x, _, _, high in run), *((x, low) for x, _, low, _ in reversed(run))]
    band = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in run)
    points = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ink}"/>' for x, y, _, _ in run)
    return (
        f'<polygon points="{band}" fill="{ink}" opacity="0.13"/>'
        f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="2.5"/>{points}'
    )
