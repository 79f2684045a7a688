"""Trying a story: each expectation that holds, and each that does not with what was found instead, and why."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path as File
from zoneinfo import ZoneInfo

import pandas as pd

from liuwen.campaign.campaign import Campaign, read_campaign
from liuwen.campaign.days import as_day, date_of
from liuwen.campaign.faults import CampaignFault, suggestion
from liuwen.campaign.programmes.reading import read_programme
from liuwen.campaign.register_columns import SHAPES
from liuwen.campaign.stories.comparing import same, seen
from liuwen.campaign.stories.looking import look
from liuwen.campaign.stories.reading import StoryTable, TownStory, read_story
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

HOLDS = Sentence(
    zh="第 {line} 行：{look} {who} 的 {what} 是“{expected}”，如预期。",
    en='Line {line}: {look} {who} {what} is "{expected}", as expected.',
)
DIFFERS = Sentence(
    zh="第 {line} 行：{on}（{known} 所知）{look} {who} 的 {what} 应为“{expected}”，实为“{actual}”。",
    en='Line {line}: on {on} (as known on {known}) {look} {who} {what} should be "{expected}" and is "{actual}".',
)
CANNOT = Sentence(zh="第 {line} 行：{why}", en="Line {line}: {why}")
NO_DAY = Sentence(zh="“{text}”不是日子。", en='"{text}" is not a day.')
NO_ON = Sentence(zh="没有写 on，上面也没有。", en="No day (on) is given, nor one above.")
UNKNOWN_TABLE = Sentence(
    zh="标题“{name}”不是登记册、台账或事件。{suggestion}", en='"{name}" is no register, ledger or kind of event. {suggestion}'
)
NO_EXPECT = Sentence(zh="没有“expect”表：要预期什么？", en='There is no table "expect": what is expected?')
LACKS = Sentence(zh="“expect”表缺少“{column}”列。", en='The table "expect" lacks the column "{column}".')
SUMMARY = Sentence(
    zh="{story}：{count} 个预期，{held} 个成立，{failed} 个不成立。",
    en="{story}: expectations {count}, held {held}, not held {failed}.",
)
FAULTS = Sentence(zh="故事里有 {count} 处问题：", en="The story cannot be run, faults: {count}")
EXPECT_COLUMNS = ("on", "look at", "who", "what", "is")
UNUSED = ("entries", "strata")
"""Tables of a story that no rule reads so far."""


@dataclass(frozen=True)
class StoryResult:
    """What came of one expectation; `why` tells of a matter's steps where one of its figures is not as expected."""

    line: int
    look: str
    who: str
    what: str
    on: str
    known: str
    expected: str
    actual: str
    holds: bool
    sentence: Sentence
    why: Sentence | None = None

    def __str__(self) -> str:
        return f"{self.sentence}\n{self.why}" if self.why else str(self.sentence)


@dataclass(frozen=True, repr=False)
class StoryReport:
    """Which expectations of a story hold.

    Attributes:
        story: The name of the story.
        all: The result of each expectation.
    """

    story: str
    all: tuple[StoryResult, ...]

    @property
    def ok(self) -> bool:
        """Whether every expectation holds."""
        return all(result.holds for result in self.all)

    @property
    def failed(self) -> tuple[StoryResult, ...]:
        """The expectations that do not hold."""
        return tuple(result for result in self.all if not result.holds)

    @property
    def summary(self) -> Sentence:
        """One sentence: how many expectations hold."""
        count, failed = len(self.all), len(self.failed)
        return SUMMARY.filled(story=self.story, count=count, held=count - failed, failed=failed)

    @property
    def results(self) -> pd.DataFrame:
        """A row an expectation: `line, on, known, look, who, what, expected, actual, holds, message`."""
        columns = ["line", "on", "known", "look", "who", "what", "expected", "actual", "holds"]
        table = pd.DataFrame([[getattr(one, name) for name in columns] for one in self.all], columns=columns)
        return table.assign(message=[str(one) for one in self.all])

    def to_json(self) -> str:
        """The report as JSON.

        Returns:
            An object with `story`, `ok` and `results`, the latter with the keys of the table `results`.
        """
        rows = json.loads(self.results.to_json(orient="records"))
        return json.dumps({"story": self.story, "ok": self.ok, "results": rows}, ensure_ascii=False, indent=2)

    def __repr__(self) -> str:
        return f"<StoryReport: {self.summary}>"

    def __str__(self) -> str:
        return "\n".join([*map(str, self.failed), str(self.summary)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li><pre>{escape(str(result))}</pre></li>" for result in self.failed)
        return f"<p><strong>{escape(str(self.summary))}</strong></p>" + (f"<ul>{items}</ul>" if items else "")


def try_story(path: str | File) -> StoryReport:
    """Run a story and say of each expectation whether it holds.

    Args:
        path: A Markdown file or an .xlsx workbook: which programme, what is changed, the tables, and what is expected.

    Returns:
        A report: `.ok`, `.failed`, `.results` (a row an expectation), and as text each expectation that does not hold, with what
        was found instead, and why.

    Raises:
        ReadError: The file is missing, or neither Markdown nor a workbook.
        CampaignError: The programme, the change or the tables cannot be used; every fault at once.
    """
    story = read_story(path)
    campaign = campaign_of(story)
    if "expect" not in story.tables:
        raise CampaignError(NO_EXPECT)
    return StoryReport(story.title, tuple(_Trial(campaign).results(story.tables["expect"])))


def campaign_of(story: TownStory) -> Campaign:
    """The campaign that a story tells of, with every fault of its tables at once."""
    source = story.programme
    rules = read_programme(source, story.change).required()
    kinds = (*(ledger.id for ledger in rules.ledgers), *rules.events)
    faults = _misplaced(story, (*SHAPES, *kinds, "expect", *UNUSED))
    frames = {name: table.frame for name, table in story.tables.items()}
    year = story.words.get("year", "")
    campaign = read_campaign(
        source,
        int(year) if year.isdigit() else None,
        registers={name: frame for name, frame in frames.items() if name in SHAPES},
        events={name: frame for name, frame in frames.items() if name in kinds},
        change=story.change,
    )
    faults += [fault for fault in campaign.check().all if fault.severity == "error"]
    if faults:
        raise CampaignError(FAULTS.filled(count=len(faults)), tuple(faults))
    return campaign


def _misplaced(story: TownStory, known: tuple[str, ...]) -> list[CampaignFault]:
    faults = [
        CampaignFault(UNKNOWN_TABLE.filled(name=name, suggestion=suggestion(name, known)), (name,), story.file.name)
        for name in story.tables
        if name not in known
    ]
    expect = story.tables.get("expect")
    missing = [column for column in EXPECT_COLUMNS if expect is not None and column not in expect.frame]
    return faults + [CampaignFault(LACKS.filled(column=column), ("expect",), story.file.name) for column in missing]


class _Trial:
    """One pass over the expectations; an empty day is the day above."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._zone = ZoneInfo(campaign.programme.calendar.timezone)
        self._on: int | None = None

    def results(self, expect: StoryTable) -> list[StoryResult]:
        rows = [{str(key): str(cell) for key, cell in row.items()} for row in expect.frame.to_dict("records")]
        return [self._result(line, row) for line, row in zip(expect.lines, rows, strict=True)]

    def _result(self, line: int, row: dict[str, str]) -> StoryResult:
        asked = {"line": line, "look": row["look at"], "who": row["who"], "what": row["what"], "expected": row["is"]}
        try:
            on, known = self._days(row)
        except CampaignError as error:
            return self._told(asked, "", "", "", CANNOT.filled(line=line, why=error.sentence), holds=False)
        days = {"on": str(date_of(on)), "known": str(date_of(known))}
        try:
            actual = seen(look(self._campaign, row["look at"], row["who"], on, known), row["who"], row["what"])
        except CampaignError as error:
            return self._told(asked, **days, actual="", sentence=CANNOT.filled(line=line, why=error.sentence), holds=False)
        holds = same(row["is"], actual, row["what"])
        said = (HOLDS if holds else DIFFERS).filled(**asked, **days, actual=actual)
        return self._told(asked, **days, actual=actual, sentence=said, holds=holds)

    def _told(
        self, asked: dict[str, object], on: str, known: str, actual: str, sentence: Sentence, *, holds: bool
    ) -> StoryResult:
        why = None if holds or not on else self._why(str(asked["look"]), str(asked["who"]), on, known)
        return StoryResult(**asked, on=on, known=known, actual=actual, holds=holds, sentence=sentence, why=why)  # type: ignore[arg-type]

    def _why(self, look_at: str, who: str, on: str, known: str) -> Sentence | None:
        """The story of the matter that the expectation is about."""
        if not look_at.startswith(("ledger", "board")):
            return None
        try:
            return self._campaign.explain(who, on, known)
        except CampaignError:
            return None

    def _days(self, row: dict[str, str]) -> tuple[int, int]:
        if row["on"]:
            self._on = self._day(row["on"])
        if self._on is None:
            raise CampaignError(NO_ON)
        return self._on, self._day(row["known"]) if row.get("known") else self._on

    def _day(self, text: str) -> int:
        try:
            return as_day(text, self._zone)
        except ValueError:
            raise CampaignError(NO_DAY.filled(text=text)) from None
