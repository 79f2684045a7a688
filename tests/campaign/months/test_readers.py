"""Who may read each file that a month writes, and what must not be in it: no file is without a rule, no rule without a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from liuwen.campaign import Campaign, MadeUpTown

EVERYBODY = frozenset({"household", "conduct"})
DESK = frozenset({"conduct"})
WITHOUT: Mapping[str, frozenset[str]] = {
    # to hang, or to pass on in a group: everybody
    "boards/village_board-*.html": EVERYBODY,
    "boards/village_board-*.csv": EVERYBODY,
    "boards/village_board-*.txt": EVERYBODY,
    "boards/village_board-*.pdf": EVERYBODY,
    "boards/town*.html": EVERYBODY,
    "boards/town*.csv": EVERYBODY,
    "boards/town*.txt": EVERYBODY,
    "boards/town*.pdf": EVERYBODY,
    # the meeting, and whoever makes the list
    "index.html": EVERYBODY,
    "month.json": EVERYBODY,
    "desk/agenda.*": EVERYBODY,
    "desk/look_here.csv": EVERYBODY,
    "desk/to_settle.*": EVERYBODY,
    # whoever handles the matters: who asked stands in them, so that they can be answered
    "desk/ledger.xlsx": DESK,
    "desk/weeks/week-*.html": DESK,
    "desk/weeks/week-*.pdf": DESK,
    # the receiver of conduct matters
    "receivers/receiver-*": frozenset(),
}
PUBLISHED: Mapping[str, frozenset[str]] = {
    "published.csv": EVERYBODY,
    "*/list.json": EVERYBODY,
    "*/village_board-*": EVERYBODY,
    "*/town*": EVERYBODY,
}


@dataclass(frozen=True)
class Secrets:
    """What betrays a household, and what betrays a conduct matter."""

    household: frozenset[str]
    conduct: frozenset[str]

    def seen(self, kind: str, text: str) -> set[str]:
        """Which of a kind stand in a text, as words of their own."""
        words = "|".join(map(re.escape, sorted(getattr(self, kind), key=len, reverse=True)))
        return set(re.findall(rf"(?<![\w])(?:{words})(?!\w)", text))


@pytest.fixture(scope="module")
def secrets(made_up: MadeUpTown) -> Secrets:
    """Every household's code; of conduct matters the title, the ID of the matter and of each step, the class and its series."""
    steps = made_up.events["matters"]
    hidden = steps[steps["matter"].isin(steps.loc[steps["class"] == "conduct", "matter"])]
    open_titles = set(steps.loc[~steps["matter"].isin(hidden["matter"]), "title"])
    titles = set(hidden["title"]) - open_titles - {""}
    households = {code for cell in steps["household"] for code in str(cell).split()} - {"anonymous"}
    assert titles and len(households) > 30
    return Secrets(frozenset(households), frozenset(titles | {*hidden["matter"], *hidden["event"], "干部作风", "conduct"}))


@pytest.fixture(scope="module")
def month(town: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September, with all PDFs."""
    return town.month("2026-09", tmp_path_factory.mktemp("readers"), language="zh").folder


def words_of(path: Path) -> str:
    """All text of a file, its name with it. A PDF is printed from the page that its HTML shows, so that HTML stands for it."""
    if path.suffix == ".pdf":
        return words_of(path.with_suffix(".html"))
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        return "\n".join(str(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return path.name + path.read_text(encoding="utf-8-sig")


def found(folder: Path, rules: Mapping[str, frozenset[str]], secrets: Secrets) -> list[tuple[str, ...]]:
    """What is where it must not be; asserts that each file has a rule and each rule a file."""
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    ruled = {name: [rule for rule in rules if fnmatch(name, rule)] for name in files}
    assert not [name for name, its in ruled.items() if len(its) != 1]
    assert {its[0] for its in ruled.values()} == set(rules)
    return [
        (name, *said)
        for name, path in files.items()
        for kind in rules[ruled[name][0]]
        if (said := secrets.seen(kind, words_of(path)))
    ]


def test_no_file_of_a_month_has_what_its_readers_must_not_see(month: Path, secrets: Secrets) -> None:
    """Households on no page but those of who handles their matter, conduct on its receiver's page alone."""
    assert not found(month, WITHOUT, secrets)
    receivers = "".join(path.read_text(encoding="utf-8") for path in (month / "receivers").glob("*.html"))
    assert any(secret in receivers for secret in secrets.conduct)
    assert any(code in words_of(month / "desk" / "ledger.xlsx") for code in secrets.household)


def test_no_file_that_was_published_has_them(published: Path, secrets: Secrets) -> None:
    """Six lists with their records and the table of them all."""
    assert not found(published, PUBLISHED, secrets)


def test_a_week_sheet_has_the_households_of_its_own_matters_alone(month: Path, town: Campaign, secrets: Secrets) -> None:
    """Those that the person must still answer."""
    told = 0
    for path in (month / "desk" / "weeks").glob("*.html"):
        sheet = town.week(path.stem.removeprefix("week-"), "2026-09-30")
        own = {code for cell in pd.concat(sheet.parts.values())["awaiting_answer"] for code in re.findall(r"[\w-]+", cell)}
        text = path.read_text(encoding="utf-8")
        said = secrets.seen("household", text)
        assert said <= own, path.name
        told += len(said)
    assert told > 3


def test_only_the_owner_opens_the_receivers_pages_and_nothing_names_them(month: Path) -> None:
    """Neither the index nor the record of the run tells that there are any."""
    assert (month / "receivers").stat().st_mode & 0o077 == 0
    assert "receiver" not in words_of(month / "index.html") + words_of(month / "month.json").replace("month.json", "")
