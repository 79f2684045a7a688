"""Stories: every one of the project's holds, as Markdown and as a workbook, and a story that does not hold says why."""

from pathlib import Path

import pytest
import xlsxwriter

import liuwen as lw
from liuwen.campaign.stories import read_story
from liuwen.errors import CampaignError, ReadError
from liuwen.messages import use_language
from liuwen.testing import check_story

STORIES = sorted((Path(__file__).parent / "stories").glob("*.md"))
WELL = Path(__file__).parent / "stories" / "a_well_in_a_village.md"


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story_holds(path: Path) -> None:
    """Every expectation of the story, worked by hand, holds."""
    check_story(path)


def test_there_are_stories_to_try() -> None:
    """The search finds what it looks for."""
    assert len(STORIES) >= 11


def as_workbook(story: Path, file: Path, **words: str) -> Path:
    """The same story as a workbook: the sheet `story`, then a sheet a table."""
    read = read_story(story)
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("story")
    for row, (word, text) in enumerate({"title": read.title, **read.words, **words}.items()):
        sheet.write_row(row, 0, [word, text])
    for name, table in read.tables.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate([list(table.frame.columns), *table.frame.to_numpy().tolist()]):
            sheet.write_row(row, 0, cells)
    book.close()
    return file


@pytest.mark.parametrize("programme", ["hubin", "our_town"])
def test_the_story_of_the_well_holds_as_a_workbook(tmp_path: Path, programme: str) -> None:
    """All 22 figures, under both programmes."""
    report = lw.try_story(as_workbook(WELL, tmp_path / "well.xlsx", programme=programme))
    assert report.ok, str(report)
    assert len(report.all) == 22


def test_a_story_that_does_not_hold_says_what_was_found_and_why(tmp_path: Path) -> None:
    """Where, what was expected, what is so, and the steps of the matter, in both languages."""
    file = tmp_path / "wrong.md"
    text = WELL.read_text(encoding="utf-8").replace("| | | ledger | M1 | tier | town |", "| | | ledger | M1 | tier | village |")
    text = text.replace("| 2026-05-25 | | ledger | M1 | tier | town |", "| 2026-05-25 | | ledger | M1 | tier | village |")
    file.write_text(text, encoding="utf-8")
    report = lw.try_story(file)
    assert not report.ok
    (failed,) = report.failed
    with use_language("en"):
        assert 'should be "village" and is "town"' in str(failed)
        assert "Sun: accepted" in str(failed)
    with use_language("zh"):
        assert "应为“village”，实为“town”" in str(failed) and "受理" in str(failed)


def test_unsupported_looks_are_failed_expectations(tmp_path: Path) -> None:
    """Later looks, unknown looks, columns and rows: each a failed expectation with its reason, never an error."""
    file = tmp_path / "later.md"
    asked = [
        "appraisal.one_test_one_check",
        "lodger",
        "roster.nothing.V7",
        "duties.nothing",
        "board.vilage_board.V7",
        "events.visits",
    ]
    rows = "".join(f"| 2026-06-30 | | {look} | * | count | 1 |\n" for look in asked)
    rows += "| | | ledger | M1 | stat | open |\n| | | ledger | M9 | state | open |\n| May | | ledger | M1 | state | open |\n"
    file.write_text(
        WELL.read_text(encoding="utf-8").split("## expect")[0]
        + "## expect\n| on | known | look at | who | what | is |\n|---|---|---|---|---|---|\n"
        + rows
    )
    with use_language("en"):
        said = [str(one.sentence).partition(": ")[2] for one in lw.try_story(file).all]
    assert said == [
        '"appraisal.one_test_one_check" cannot be looked at yet; a later version will have it.',
        'Unknown "lodger" to look at. Did you mean "ledger"?',
        'The programme has no roster "nothing". Known: duty_days.',
        'The programme has no duty "nothing". Known: household_visits, village_visits, deeds, first_deeds, '
        "receptions, card, not_disturbed.",
        'The programme has no board "vilage_board". Did you mean "village_board"?',
        'The programme has no "events.visits". Did you mean "visit"?',
        'There is no column "stat". Did you mean "state"?',
        'There is no row "M9". There are: M1, M2.',
        '"May" is not a day.',
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("# A\n\n## expect\n| on |\n|---|\n", "does not say which programme"),
        ("# A\nprogramme: hubbin\n", 'no programme "hubbin"'),
        ("# A\nprogramme: hubin\n\n## pots\n| person |\n|---|\n| Li |\n", 'Did you mean "posts"?'),
        ("# A\nprogramme: hubin\n\n## expect\n| on | what |\n|---|---|\n| 2026-01-01 | x |\n", 'lacks the column "look at"'),
        ("# A\nprogramme: hubin\n\n## posts\n| person | rank |\n|---|---|\n| Li |\n", "has 1 cells, its header 2"),
        ("# A\nprogramme: hubin\n\n## posts\n| person | rank |\n|---|---|\n| Li | stuff |\n", 'Did you mean "staff"?'),
        ("# A\nprogramme: hubin\n", 'no table "expect"'),
    ],
)
def test_a_story_that_cannot_be_run_says_why(tmp_path: Path, text: str, part: str) -> None:
    """One error with every fault."""
    file = tmp_path / "story.md"
    file.write_text(text, encoding="utf-8")
    with use_language("en"), pytest.raises(CampaignError) as error:
        lw.try_story(file)
    with use_language("en"):
        assert part in str(error.value)


def test_invalid_story_files_are_refused(tmp_path: Path) -> None:
    """Missing, of another kind, damaged, or not UTF-8."""
    (tmp_path / "story.txt").write_text("x")
    (tmp_path / "story.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "story.md").write_bytes("# 故事".encode("gbk"))
    for name in ("nothing.md", "story.txt", "story.xlsx", "story.md"):
        with pytest.raises(ReadError):
            lw.try_story(tmp_path / name)
