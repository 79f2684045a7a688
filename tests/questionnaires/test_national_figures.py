"""The made-up town beside the country's figures."""

from pathlib import Path

import pytest

from liuwen.questionnaires import national_figures
from liuwen.questionnaires.national_figures import FILES, Figure, figures, page

DOCS = Path(__file__).parents[2] / "docs"
FIGURES = figures()


@pytest.mark.parametrize("figure", FIGURES, ids=[each.what.en for each in FIGURES])
def test_a_made_up_town_comes_near_the_country(figure: Figure) -> None:
    """Ages, households, migration, incomes: within the tolerance told, which is less than half of the figure itself."""
    assert figure.holds, f"{figure.ours:.1f}"
    assert figure.tolerance < 0.35 * figure.national
    assert figure.source.zh and figure.source.en


def test_a_figure_beyond_the_tolerance_is_found() -> None:
    """On either side."""
    first = FIGURES[0]
    assert not first._replace(ours=first.national + 1.01 * first.tolerance).holds
    assert not first._replace(ours=first.national - 1.01 * first.tolerance).holds


@pytest.mark.parametrize("language", list(FILES))
def test_the_page_is_current(language) -> None:
    """If this fails, call `liuwen.questionnaires.national_figures.write` with the folder `docs`."""
    assert page(language) == (DOCS / FILES[language]).read_text(encoding="utf-8")
    assert national_figures.TITLE.in_language(language) in page(language)
