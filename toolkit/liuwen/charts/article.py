"""The view without a kernel: heading, table, ranking and the picture that the question calls for, as one HTML fragment."""

from collections.abc import Sequence

from liuwen.charts.diverging import diverging
from liuwen.charts.static import Languages, heading, heat, key, ranking, stylesheet
from liuwen.charts.trend import trend
from liuwen.charts.view import LANGUAGES, View


def fragment(view: View, languages: Languages = LANGUAGES, places: Sequence[str] | None = None) -> str:
    """The whole static view with its style. With two languages the first is the one in sight.

    Cells carry their colours themselves too: Jupyter strips style sheets from notebooks it does not trust.
    """
    inside = f"<style>{stylesheet()}</style>{article(view, languages, places, painted=True)}"
    return f'<div class="liuwen-needs liuwen-static" data-language="{languages[0]}">{inside}</div>'


def article(view: View, languages: Languages = LANGUAGES, places: Sequence[str] | None = None, *, painted: bool = False) -> str:
    """Heading, base, heat table, ranking, the picture that the question calls for, and key."""
    table = heat(view, languages, places, painted=painted) if view.place_order else ""
    figures = f"{table}{ranking(view, languages)}{picture(view, languages, places)}"
    return f'{heading(view, languages)}<div class="lw-figures">{figures}</div>{key(view, languages)}'


def picture(view: View, languages: Languages, places: Sequence[str] | None = None) -> str:
    """Diverging bars of a rating, lines over time; "" for other questions."""
    over_time = trend(view, languages) if view.over_time else ""
    return over_time + (diverging(view, languages, places) if view.kind == "rating" else "")
