"""A year of twelve villages: every page agrees with a count of the raw events that shares nothing with the package.

The count is the slow fold of `slow_town`, and below it plain rules of what hangs: what is open, and since the last list what was
struck off or left. Each month has withdrawals, matters reopened, late reports, and matters sorted into conduct after they hung.
"""

import re
from collections import Counter
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import liuwen as lw
from liuwen.campaign import Campaign, MadeUpTown, made_up_town
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.months.run import public_files

from ..slow_town import CHINA, Town

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
LIST_DAYS = {month: date(2026, number, 28 if number == 2 else 30) for number, month in enumerate(MONTHS, start=1)}
Files = dict[str, dict[str, bytes]]


def extra_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Of the matters raised some are withdrawn, some sorted into conduct after they hung, some reopened and done again."""
    raised = steps[(steps["step"] == "raise") & (steps["class"] != "conduct")].sort_values("event").reset_index(drop=True)
    rows = []
    for at, row in enumerate(raised.to_dict("records")):
        for number, (step, days, by, said) in enumerate(EXTRA.get(at % 10, ())):
            day = row["on"] + timedelta(days=days)
            born = {"matter": row["matter"], "event": f"x{at:04d}-{number}", "household": row["household"].split(" ")[0]}
            rows.append(born | {"step": step, "on": day, "received": day, "by": by or row["by"]} | said)
    return pd.DataFrame(rows)


EXTRA = {
    3: [("withdraw", 12, "", {"reason": "r"})],
    5: [("sort", 35, "D1", {"class": "conduct"})],
    7: [("reopen", 75, "", {"reason": "r"}), ("done", 85, "", {"note": "n"}), ("answer", 86, "", {})],
}


@pytest.fixture(scope="module")
def made_up() -> MadeUpTown:
    """Twelve villages, a year."""
    town = made_up_town(12, 240, begins="2026-01-02", months=12, seed=5)
    steps = town.events["matters"]
    everything = pd.concat([steps, extra_steps(steps)]).astype(object).fillna("").assign(synthetic="yes")
    return MadeUpTown(town.registers, {**town.events, "matters": everything.reset_index(drop=True)})


@pytest.fixture(scope="module")
def campaign(made_up: MadeUpTown) -> Campaign:
    """The year under the Hubin programme."""
    return lw.read_campaign("hubin", registers=made_up.registers, events=made_up.events)


@pytest.fixture(scope="module")
def year(campaign: Campaign) -> Files:
    """Of each month what hangs: HTML, CSV, texts."""
    return {month: dict(public_files(month_pages(campaign, month, None), "zh", pdf=False)) for month in MONTHS}


class Counted:
    """What hangs each month, counted from the raw events."""

    def __init__(self, made_up: MadeUpTown) -> None:
        self.posts = [
            {**post, "from": date.fromisoformat(post["from"]), "to": date.fromisoformat(post["to"] or "2030-01-01")}
            for post in made_up.registers["posts"].to_dict("records")
        ]
        self.villages = list(made_up.registers["places"]["place"][1:])
        blank = dict.fromkeys(["of", "after", "undoes", "replaces", "reason", "deadline", "title", "note", "household"], "")
        self.steps: dict[str, list[dict]] = {}
        for row in made_up.events["matters"].to_dict("records"):
            step = blank | row | {"known": row["received"], "end": "", "deadline": row.get("deadline") or None}
            self.steps.setdefault(row["matter"], []).append(step)
        self.states = {month: self.on(day) for month, day in LIST_DAYS.items()}

    def on(self, day: date) -> dict[str, dict]:
        """Every matter on a day."""
        found = {}
        for steps in self.steps.values():
            town = Town([dict(step) for step in steps], self.posts, day, day).run()
            found |= {name: matter | {"on": day} for name, matter in town.matters.items()}
        return found

    @cache  # noqa: B019 -- one object, in one module's tests
    def public(self, month: str) -> dict[str, str]:
        """Matter → the state that the public list counts it in; what was sorted into conduct after it hung is withdrawn."""
        earlier = [self.states[one] for one in MONTHS if one < month]
        found = {}
        for name, matter in self.states[month].items():
            hung = any(name in states and states[name]["entered"] and states[name]["class"] != "conduct" for states in earlier)
            if matter["entered"] and (matter["class"] != "conduct" or hung):
                found[name] = matter["state"] if matter["class"] != "conduct" else "withdrawn"
        return found

    def figures(self, month: str, village: str = "") -> dict[str, int]:
        """The figures of a board, or of the town."""
        states, before = self.states[month], self.states.get(self._before(month), {})
        here = {name: state for name, state in self.public(month).items() if states[name]["village"] == village or not village}
        plain = {name: states[name] for name in here if states[name]["class"] != "conduct"}
        live = [one for one in plain.values() if one["state"] in ("open", "applied")]
        settled = [
            one
            for one in states.values()
            if not one["entered"] and one["class"] != "conduct" and (one["village"] == village or not village)
        ]
        return {
            "raised": len(here),
            "being": len(live),
            "overdue": sum(one["on"] > one["deadline"] for one in live),
            "ended": sum(one["state"] in ("done", "explained") for one in plain.values()),
            "struck_off": sum(one["strikes"] - before.get(name, {"strikes": 0})["strikes"] for name, one in plain.items()),
            "settled": len(settled),
            "too_long": sum(too_long(one) for one in live),
        }

    def listed(self, month: str, village: str) -> int:
        """How many matters a village's board names: open, done, struck off or gone since the last list."""
        states, before = self.states[month], self.states.get(self._before(month), {})
        was = self.public(self._before(month)) if self._before(month) else {}
        named = 0
        for name, state in self.public(month).items():
            if states[name]["village"] != village:
                continue
            struck = states[name]["class"] != "conduct" and states[name]["strikes"] > before.get(name, {"strikes": 0})["strikes"]
            gone = state == "withdrawn" and was.get(name) != "withdrawn"
            named += state in ("open", "applied", "done", "explained") or struck or gone
        return named

    def _before(self, month: str) -> str:
        at = MONTHS.index(month)
        return MONTHS[at - 1] if at else ""


def too_long(matter: dict) -> bool:
    """An application unanswered after five working days."""
    if matter["state"] != "applied":
        return False
    day, left = matter["since"], 5
    while left:
        day += timedelta(days=1)
        left -= CHINA.is_working_day(day)
    return matter["on"] > day


@pytest.fixture(scope="module")
def counted(made_up: MadeUpTown) -> Counted:
    """The independent count."""
    return Counted(made_up)


def figure(page: bytes, label: str) -> int:
    """One figure of a page."""
    return int(re.search(rf"<dt>{re.escape(label)}</dt><dd>(\d+)<", page.decode())[1])


VILLAGE_FIGURES = {
    "登记总数": "raised",
    "正在办": "being",
    "其中超期": "overdue",
    "已办结待反馈": "ended",
    "本期销号": "struck_off",
    "当场解决（不入账）": "settled",
}
TOWN_FIGURES = {
    "登记总数": "raised",
    "当场解决": "settled",
    "本期销号": "struck_off",
    "正在办": "being",
    "超期": "overdue",
    "等得太久": "too_long",
}


def test_the_year_has_what_it_is_to_show(counted: Counted) -> None:
    """Late and refused steps aside: each state, strikes twice in one life, conduct from birth and conduct after it hung."""
    last = counted.states["2026-12"].values()
    assert {one["state"] for one in last} >= {"open", "applied", "done", "closed", "withdrawn", "settled"}
    assert any(one["strikes"] > 1 for one in last)
    conduct = {name for name, one in counted.states["2026-12"].items() if one["class"] == "conduct" and one["entered"]}
    assert len(conduct & set(counted.public("2026-12"))) > 5
    assert conduct - set(counted.public("2026-12"))


@pytest.mark.parametrize("month", MONTHS)
def test_every_page_agrees_with_the_independent_count(year: Files, counted: Counted, month: str) -> None:
    """Six figures on each village's board and six on the town's page, and the matters each board names."""
    for village in counted.villages:
        page = year[month][f"village_board-{village}.html"]
        said = {name: figure(page, label) for label, name in VILLAGE_FIGURES.items()}
        expected = counted.figures(month, village)
        assert said == {name: expected[name] for name in said}, village
        assert len(set(re.findall(rb"2026-\d\d-V\d\d-\d{3}", page))) == counted.listed(month, village), village
    expected = counted.figures(month)
    assert {name: figure(year[month]["town.html"], label) for label, name in TOWN_FIGURES.items()} == {
        name: expected[name] for name in TOWN_FIGURES.values()
    }


@pytest.mark.parametrize("month", MONTHS)
def test_every_town_page_adds_up(year: Files, counted: Counted, month: str) -> None:
    """The sum under the page, state by state, is that of the independent count."""
    said = re.search(r"对账：登记 (\d+) = ([^<]*)。", year[month]["town.html"].decode())
    parts = {name: int(count) for name, count in re.findall(r"([^\s\d+]+) (\d+)", said[2])}
    names = {
        "open": "正在办理",
        "applied": "等待上一级",
        "done": "已办结待反馈",
        "explained": "已说明待反馈",
        "closed": "已销号",
        "withdrawn": "撤回或转办",
    }
    assert int(said[1]) == sum(parts.values())
    assert parts == {names[state]: count for state, count in Counter(counted.public(month).values()).items()}


def test_july_s_pages_made_in_july_are_those_read_again_in_december(made_up: MadeUpTown, year: Files) -> None:
    """From the reports that had come in by 30 July alone, and from those of the whole year: byte for byte."""
    events = {kind: frame[frame["received"] <= LIST_DAYS["2026-07"]] for kind, frame in made_up.events.items()}
    assert len(events["matters"]) < len(made_up.events["matters"]) * 0.7
    then = lw.read_campaign("hubin", registers=made_up.registers, events=events)
    assert dict(public_files(month_pages(then, "2026-07", None), "zh", pdf=False)) == year["2026-07"]


def test_no_page_of_the_year_names_a_resident(year: Files, made_up: MadeUpTown) -> None:
    """No household's code in any file or file name."""
    households = {code for cell in made_up.events["matters"]["household"] for code in str(cell).split()}
    read = b"".join(data + name.encode() for files in year.values() for name, data in files.items())
    assert len(households) > 200
    assert not [code for code in households if code.encode() in read]


def test_no_number_of_the_year_betrays_a_conduct_matter(year: Files, counted: Counted) -> None:
    """Village by village the numbers ever seen run without a gap; no conduct matter's title hangs before or after."""
    read = b"".join(data for files in year.values() for data in files.values()).decode()
    seen: dict[str, set[int]] = {}
    for series, place in re.findall(r"(2026-\d\d-V\d\d)-(\d{3})", read):
        seen.setdefault(series, set()).add(int(place))
    assert len(seen) > 80
    assert not [series for series, places in seen.items() if places != set(range(1, len(places) + 1))]
    assert sum(map(len, seen.values())) == len(counted.public("2026-12"))
    assert not re.search(r"2026-\d\d-conduct|干部作风", read)


def test_every_number_that_hung_is_accounted_for(year: Files) -> None:
    """Read as an intruder reads: a number open on one list is on the next as open, struck off or gone; none vanishes."""
    open_then: set[str] = set()
    for month in MONTHS:
        page = year[month]["town_board-T.html"].decode()
        named = set(re.findall(r"2026-\d\d-V\d\d-\d{3}", page))
        assert open_then <= named, month
        open_then = set(re.findall(r"2026-\d\d-V\d\d-\d{3}", page.split("还没有销号的事项")[1].split("本期销号的事项")[0]))


def rates_said(page: bytes) -> list[tuple[int, int]]:
    """Of each rate of people the numerator and base as they are printed."""
    return [(int(part), int(base)) for part, base in re.findall(rb">(\d+)\+ / (\d+)\+<", page)]


def test_a_share_of_people_tells_no_more_than_the_counts_beside_it(year: Files) -> None:
    """It is the share of the counts in steps of five, to the percent."""
    found = re.compile(rb">\xe7\xba\xa6 (\d+)%</td><td[^>]*>(\d+)\+ / (\d+)\+<")
    said = [tuple(map(int, one)) for files in year.values() for one in found.findall(files["town.html"])]
    assert len(said) > 12
    assert all(share == round(100 * part / base) and part % 5 == base % 5 == 0 for share, part, base in said)


def test_no_count_of_one_to_four_people_follows_by_difference(year: Files, counted: Counted) -> None:
    """An intruder who knows which matters hung and how each stood, with an integer solver: no month's new applicants, no
    month's new answers and no applicants still waiting are pinned down where they are 1 to 4."""
    solver = Intruder(year, counted)
    assert solver.rows > 12
    pinned = {what: solver.pinned(weights) for what, weights in solver.questions()}
    assert len(pinned) > 30
    assert not {what: value for what, value in pinned.items() if value is not None and 1 <= value <= 4}


class Intruder:
    """All pages of a year as linear constraints over each matter's applicants and, month by month, their answers."""

    def __init__(self, year: Files, counted: Counted) -> None:
        self.months = [month for month in MONTHS if rates_said(year[month]["town.html"])]
        self.matters = sorted(counted.public("2026-12"))
        self.columns = {("of", name): at for at, name in enumerate(self.matters)}
        rows, least, most = [], [], []
        for month in self.months:
            part, base = rates_said(year[month]["town.html"])[0]
            states = {name: state for name, state in counted.public(month).items() if state != "withdrawn"}
            for name in self.matters:
                self.columns.setdefault(("told", month, name), len(self.columns))
            asked = {("of", name): 1 for name in states}
            told = {("told", month, name): 1 for name in states}
            for weights, said in ((asked, base), (told, part)):
                rows.append(weights)
                least.append(said)
                most.append(said + 4)
            for name, state in states.items():
                rows.append({("of", name): 1, ("told", month, name): -1})
                least.append(0)
                most.append(0 if state == "closed" else 50)
        self.rows = len(rows)
        matrix = np.zeros((len(rows), len(self.columns)))
        for at, weights in enumerate(rows):
            for key, weight in weights.items():
                matrix[at, self.columns[key]] = weight
        self.constraints = LinearConstraint(matrix, least, most)
        self.states = {month: counted.public(month) for month in self.months}

    def questions(self):
        """What the intruder wants to know."""
        for month in self.months:
            live = [name for name, state in self.states[month].items() if state != "withdrawn"]
            waits = {("of", name): 1 for name in live} | {("told", month, name): -1 for name in live}
            yield f"waiting in {month}", waits
            before = self.months[self.months.index(month) - 1]
            if before < month:
                earlier = [name for name, state in self.states[before].items() if state != "withdrawn"]
                yield f"new applicants in {month}", Counter({("of", name): 1 for name in set(live) - set(earlier)})
                answers = Counter({("told", month, name): 1 for name in live})
                answers.subtract({("told", before, name): 1 for name in earlier})
                yield f"new answers in {month}", answers

    def pinned(self, weights) -> int | None:
        """The only possible value; None if several are possible."""
        goal = np.zeros(len(self.columns))
        for key, weight in weights.items():
            goal[self.columns[key]] = weight
        ends = [self._best(sign * goal) * sign for sign in (1, -1)]
        return round(ends[0]) if round(ends[0]) == round(ends[1]) else None

    def _best(self, goal) -> float:
        found = milp(goal, constraints=self.constraints, integrality=np.ones(len(goal)), bounds=Bounds(0, 50))
        assert found.success, found.message
        return float(found.fun)
