"""The county report: its figures are those of the functions, in three formats and two languages."""

import io
import zipfile
from pathlib import Path

import pytest

import liuwen as lw
from liuwen.campaign import made_up_town, read_campaign
from liuwen.errors import LiuwenError
from liuwen.form import builder as b
from liuwen.messages import Language
from liuwen.reports import CountyReport
from liuwen.reports.blocks import ReportTable
from liuwen.responses import Responses, read_responses

NEEDS = b.choices("needs", ("road", "路", "Road"), ("water", "水", "Water"), ("doctor", "看病", "Doctor"))
STEPS = b.choices("steps", ("good", "满意", "Satisfied"), ("middle", "一般", "So-so"), ("poor", "不满意", "Not satisfied"))
FORM = b.build_form(
    "visit",
    version="1",
    zh="走访",
    en="Visit <1>",
    items=[
        b.text("village", zh="村", en="Village"),
        b.select_multiple("needs", NEEDS, zh="需要什么", en="What is needed"),
        b.select_one("work", STEPS, zh="工作怎么样", en="How is the work"),
    ],
)


def answer(number: int) -> bytes:
    village = "East" if number < 30 else "West" if number < 57 else "Hill"
    needs = " ".join(name for name, step in (("road", 2), ("water", 3), ("doctor", 29)) if number % step == 0)
    work = ("good", "good", "middle", "poor")[number % 4]
    return (
        f'<data id="visit" version="1"><village>{village}</village><needs>{needs}</needs><work>{work}</work>'
        f"<meta><instanceID>uuid:{number}</instanceID></meta></data>"
    ).encode()


@pytest.fixture(scope="module")
def responses() -> Responses:
    """Sixty households in two villages and a hamlet of three."""
    return read_responses([answer(number) for number in range(60)], FORM)


@pytest.fixture(scope="module")
def made(responses: Responses) -> CountyReport:
    """The report."""
    return lw.report(responses, author="Town <office>")


def table(made: CountyReport, heading: str, number: int = 0) -> ReportTable:
    section = next(section for section in made.content("en").sections if section.heading == heading)
    return [block for block in section.blocks if isinstance(block, ReportTable)][number]


def test_figures_are_those_of_the_functions(made: CountyReport, responses: Responses) -> None:
    """Needs of all, needs of each village, ratings."""
    whole = lw.needs(responses, by=None, language="en").set_index("label")
    rows = {row[0]: row[1:] for row in table(made, "Needs").rows}
    road = whole.loc["Road"]
    interval = f"{road['low'] * 100:.1f}%–{road['high'] * 100:.1f}%"
    assert rows["Road"] == (str(road["asked"]), str(road["wanting"]), f"{road['share'] * 100:.1f}%", interval)
    east = lw.needs(responses, by="village", language="en").query("village == 'East' and need == 'water'").iloc[0]
    annex = {row[:2]: row[2:5] for row in table(made, "Annex: all figures by place").rows}
    assert annex["East", "Water"] == (str(east["asked"]), str(east["wanting"]), f"{east['share'] * 100:.1f}%")
    rated = lw.satisfaction(responses).iloc[0]
    assert table(made, "Satisfaction").rows[0][1:3] == (str(rated["base"]), f"{rated['best'] * 100:.1f}%")


def test_small_groups_are_withheld_everywhere(made: CountyReport) -> None:
    """The hamlet has no figure, only its name, nor has a need that few named."""
    coverage = dict(table(made, "Coverage").rows)
    assert coverage["Hill"] == "withheld"
    annex = next(section for section in made.content("en").sections if section.heading == "Annex: all figures by place")
    assert str(annex.blocks[0]).endswith("would become known: Hill, West.")
    assert {row[0] for row in table(made, annex.heading).rows} == {"East"}
    assert {row[2] for row in table(made, "Needs").rows if row[0] == "Doctor"} == {"<5"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_three_formats_say_the_same(made: CountyReport, tmp_path: Path, language: Language) -> None:
    """The page escapes, the document opens again, the PDF has its pages."""
    from docx import Document

    content = made.content(language)
    page = made.write(tmp_path / "report.html", language).read_text(encoding="utf-8")
    assert "Town &lt;office&gt;" in page and "<office>" not in page
    document = Document(str(made.write(tmp_path / "report.docx", language)))
    texts = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for section in content.sections:
        assert section.heading in texts and section.heading in page
        for block in section.blocks:
            assert (block.caption if isinstance(block, ReportTable) else block) in texts
    tables = [block for section in content.sections for block in section.blocks if isinstance(block, ReportTable)]
    assert [[tuple(cell.text for cell in row.cells) for row in one.rows] for one in document.tables] == [
        [one.columns, *one.rows] for one in tables
    ]
    assert made.write(tmp_path / "report.pdf", language).read_bytes()[:5] == b"%PDF-"


def test_chinese_document_has_the_fonts_of_official_documents(made: CountyReport, tmp_path: Path) -> None:
    """Also for Chinese characters, and a page number."""
    content = made.write(tmp_path / "report.docx", "zh").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("word/document.xml").decode()
        feet = "".join(parts.read(name).decode() for name in parts.namelist() if "footer" in name)
    assert all(f'w:eastAsia="{font}"' in xml for font in ("方正小标宋简体", "黑体", "仿宋_GB2312"))
    assert "PAGE" in feet and "一、" in xml


def test_another_ending_is_refused(made: CountyReport, tmp_path: Path) -> None:
    """With the endings that can be written."""
    with pytest.raises(LiuwenError, match=r"\.docx, \.pdf|\.docx、\.pdf"):
        made.write(tmp_path / "report.odt")
    assert not list(tmp_path.iterdir())


def test_matters_of_a_month_are_the_figures_of_its_brief(responses: Responses) -> None:
    """Ten rows, with the numbers of `Campaign.brief`."""
    town = made_up_town(villages=2, matters=24, months=3)
    campaign = read_campaign("hubin", 2026, registers=town.registers, events=town.events)
    rows = table(lw.report(responses, campaign, month="2026-05"), "Matters").rows
    raised = campaign.brief("2026-05").figure("raised")
    assert len(rows) == 10
    assert [row[1:3] for row in rows if row[1:3] == (str(int(raised["numerator"])), str(int(raised["base"])))]
