"""Prints: Chinese in them, the same bytes each time, nothing read as markup."""

import subprocess
import sys
from dataclasses import replace

import pytest

from liuwen.campaign.months.html import page_html
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, TownPage
from liuwen.campaign.months.printing import _data, page_pdf
from liuwen.campaign.months.tables import page_csv
from liuwen.messages import Language, Sentence


def words(text: str) -> Sentence:
    return Sentence(zh=text, en=text)


HOSTILE = '#panic("x") *b* $x$ \\ <b>&amp;</b> "“”'
PAGE = TownPage(
    id="p",
    title=words("东村公开栏"),
    issuer=words("湖滨镇"),
    dateline=words("7月"),
    sections=(
        PageSection(
            words("事项"), (PageColumn("编号"), PageColumn("事项", 3.0)), (("1", HOSTILE), ("2", "水渠")), frozenset({0})
        ),
    ),
    figures=(PageFigure(words("登记"), "2"),),
    said=(words("找责任人。"),),
    known=20664,
)


def test_a_print_is_the_same_in_another_process() -> None:
    """Neither the clock nor the process is in it."""
    code = (
        "import hashlib; from tests.campaign.months.test_printing import PAGE, page_pdf;"
        "print(hashlib.sha256(page_pdf(PAGE, 'zh')).hexdigest())"
    )
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


def test_nothing_in_a_page_is_read_as_markup() -> None:
    """Neither by typst nor by a browser."""
    assert page_pdf(PAGE, "zh").startswith(b"%PDF")
    assert page_pdf(replace(PAGE, title=words(HOSTILE), paper="a3", landscape=True), "en").startswith(b"%PDF")
    html = page_html(PAGE, "zh")
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in html


def long_page(rows: list[str]) -> TownPage:
    """A page whose only table has these rows, without their count."""
    section = PageSection(words("事项"), (PageColumn("事项"),), tuple((row,) for row in rows), counted=False)
    return replace(PAGE, sections=(section,))


def test_a_very_long_table_is_printed_in_part_and_says_so() -> None:
    """The first 300 rows, with the total; HTML and CSV have every row."""
    rows = [f"水渠{at}" for at in range(320)]
    printed = page_pdf(long_page(rows), "zh")
    assert printed == page_pdf(long_page([*rows[:300], *["其他"] * 20]), "zh")
    assert printed != page_pdf(long_page([*rows[:299], "其他", *rows[300:]]), "zh")
    assert printed != page_pdf(long_page(rows[:319]), "zh")
    assert "水渠319" in page_html(long_page(rows), "zh")
    assert "水渠319" in page_csv(long_page(rows), "zh").decode()


@pytest.mark.parametrize(
    ("cell", "language", "divided"),
    [
        ("practical difficulty", "en", False),
        ("responsibilities", "en", True),
        ("想把老学校改成老年食堂的老人", "en", False),
        ("responsibilities", "zh", False),
    ],
)
def test_words_are_divided_only_where_one_is_too_long_for_a_column(cell: str, language: Language, divided: bool) -> None:
    """Else "difficulty" is divided although it has a line of its own; Chinese breaks between any two signs."""
    assert _data(long_page([cell]), language)["long_words"] is divided
