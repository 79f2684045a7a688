"""Each guard of a step, with the step that passes it and the one that fails; and from which state which step may be taken."""

import re

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import reason_sentence

POSTS = pd.DataFrame(
    [
        ("P", "staff", "V", "", ""),
        ("Old", "staff", "V", "", "2026-06-01"),
        ("Q", "staff", "W", "", ""),
        ("T", "town_office", "", "", ""),
        ("C", "county_office", "", "", ""),
        ("D", "desk", "", "", ""),
        ("Late", "desk", "", "2026-07-01", ""),
    ],
    columns=["person", "rank", "place", "from", "to"],
)
SAID = {"village": "V", "household": "H1", "title": "road", "note": "seen", "reason": "because", "class": "difficulty"}
COLUMNS = ("of", "undoes", "handler", "deadline", "event", *SAID)


def frame(lines: list[str]) -> pd.DataFrame:
    """One row per line, "matter step day by", and any other columns as `column=value`."""
    rows = []
    for number, line in enumerate(lines):
        matter, step, on, by, *more = line.split()
        said = {"matter": matter, "step": step, "on": f"2026-{on}", "by": by, "event": f"e{number}"}
        given = dict(part.split("=") for part in more)
        deadline = "2026-06-30" if step in ("accept", "extend") else ""
        rows.append({**dict.fromkeys(COLUMNS, ""), **SAID, "deadline": deadline, **said, **given})
    return pd.DataFrame(rows)


def reasons(lines: list[str], *, posts: pd.DataFrame | None = POSTS, change: str = "") -> dict[str, str]:
    """Event → why it was not taken, for those that were not."""
    registers = {} if posts is None else {"posts": posts}
    town = lw.read_campaign("hubin", 2026, registers=registers, events={"matters": frame(lines)}, change=change)
    refused = town.ledger(on="2026-12-31").exceptions
    return dict(zip(refused["event"], refused["why"], strict=True))


def why(lines: list[str], **options: object) -> str:
    """Why the last step was not taken; "" where it was, and no step before it may be refused."""
    found = reasons(lines, **options)
    assert set(found) <= {f"e{len(lines) - 1}"}, found
    return found.get(f"e{len(lines) - 1}", "")


BORN = ["M raise 06-01 P"]
APPLIED = [*BORN, "M apply 06-02 P"]
AT_TOWN = [*APPLIED, "M accept 06-03 T"]
AT_COUNTY = [*AT_TOWN, "M apply 06-04 P", "M accept 06-05 C"]
TWO = [*BORN, "N raise 06-01 P household=H2"]
JOINED = [*TWO, "N duplicate 06-02 P of=M"]


TABLE = [
    # who
    (BORN, "M note 06-02 P", ""),
    (BORN, "M note 06-02 Q", "not_responsible_or_handler"),
    (BORN, "M note 06-02 D", "not_responsible_or_handler"),
    (BORN, "M sort 06-02 D", ""),
    (BORN, "M sort 06-02 P", "not_desk"),
    (BORN, "M sort 06-30 Late", "not_desk"),
    (BORN, "M sort 07-01 Late", ""),
    (["M raise 06-01 Old"], "M note 06-01 Old", ""),
    (["M raise 06-01 Old"], "M note 06-02 Old", "not_responsible_or_handler"),
    (["M raise 06-01 Old"], "M note 06-02 P", ""),
    (APPLIED, "M accept 06-03 T", ""),
    (APPLIED, "M accept 06-03 P", "not_next_tier"),
    (APPLIED, "M accept 06-03 C", "not_next_tier"),
    (APPLIED, "M refuse 06-03 T", ""),
    (APPLIED, "M refuse 06-03 C", "not_next_tier"),
    (AT_TOWN, "M note 06-04 T", ""),
    (AT_TOWN, "M note 06-04 P", ""),
    (AT_TOWN, "M note 06-04 C", "not_responsible_or_handler"),
    (AT_TOWN, "M apply 06-04 T", "not_responsible"),
    ([*APPLIED, "M accept 06-03 T handler=Q"], "M note 06-04 Q", ""),
    ([*APPLIED, "M accept 06-03 T handler=Q"], "M note 06-04 T", "not_responsible_or_handler"),
    ([*AT_TOWN, "M apply 06-04 P"], "M accept 06-05 C", ""),
    ([*AT_TOWN, "M apply 06-04 P"], "M accept 06-05 T", "not_next_tier"),
    ([*BORN, "M done 06-02 P"], "M answer 06-03 D", ""),
    ([*BORN, "M done 06-02 P"], "M answer 06-03 T", "not_responsible_or_handler_or_desk"),
    ([*BORN, "M done 06-02 P"], "M reopen 06-03 Q", ""),
    # how often, until when, how far up
    (BORN, "M extend 06-16 P", ""),
    (BORN, "M extend 06-17 P", "after_the_deadline"),
    ([*BORN, "M extend 06-05 P"], "M extend 06-06 P", "too_many_times"),
    ([*BORN, "M extend 06-05 P", "M done 06-06 P", "M reopen 06-07 P"], "M extend 06-08 P", ""),
    (AT_TOWN, "M apply 06-04 P", ""),
    (AT_COUNTY, "M apply 06-06 P", "no_higher_tier"),
    (AT_COUNTY, "M done 06-06 P", ""),
    # the message
    (BORN, "M note 06-02 P note=", "without_note"),
    (BORN, "M apply 06-02 P reason=", "without_reason"),
    (BORN, "M sort 06-02 D class=", "without_class"),
    (BORN, "M sort 06-02 D class=weather", "no_such_class"),
    (BORN, "M extend 06-02 P deadline=", "without_deadline"),
    (APPLIED, "M accept 06-03 T deadline=", "without_deadline"),
    (BORN, "M duplicate 06-02 P", "without_of"),
    ([*BORN, "M done 06-02 P"], "M answer 06-03 P household=", "without_applicant"),
    # for whom
    ([*BORN, "M done 06-02 P"], "M answer 06-03 P", ""),
    ([*BORN, "M done 06-02 P"], "M answer 06-03 P household=H2", "not_an_applicant"),
    ([*JOINED, "M done 06-03 P"], "M answer 06-04 P household=H2", ""),
    # into which matter
    (TWO, "N duplicate 06-02 P of=M", ""),
    (TWO, "N duplicate 06-02 D of=M", ""),
    (TWO, "N duplicate 06-02 P of=N", "into_itself"),
    (TWO, "N duplicate 06-02 P of=X", "no_such_matter"),
    ([*BORN, "N raise 06-01 P", "X raise 06-03 P"], "N duplicate 06-02 P of=X", "no_such_matter"),
    ([*JOINED, "X raise 06-01 P"], "X duplicate 06-03 P of=N", "into_a_duplicate"),
    ([*TWO, "M withdraw 06-02 P"], "N duplicate 06-03 P of=M", "into_a_finished_one"),
    (["M settle 06-01 P", "N raise 06-01 P"], "N duplicate 06-03 P of=M", "into_a_finished_one"),
    ([*TWO, "M done 06-02 P"], "N duplicate 06-03 P of=M", ""),
    ([*TWO, "M done 06-02 P", "M answer 06-03 P"], "N duplicate 06-04 P of=M", ""),
    (JOINED, "M withdraw 06-03 P", "has_joined_applicants"),
    ([*JOINED, "X raise 06-01 P"], "M duplicate 06-03 P of=X", "has_joined_applicants"),
    (JOINED, "M done 06-03 P", ""),
    # the beginning
    ([], "M raise 06-01 Q", ""),
    ([], "M raise 06-01 P title=", "without_title"),
    ([], "M raise 06-01 P village=", "without_village"),
    ([], "M settle 06-01 P note=", "without_note"),
    ([], "M raise 06-01 P class=weather", ""),
    ([], "M note 06-01 P", "not_raised_yet"),
    (BORN, "M raise 06-02 P", "already_raised"),
    (BORN, "M settle 06-02 P", "already_raised"),
    # taking a step back
    ([*BORN, "M done 06-02 P"], "M void 06-03 P undoes=e1", "not_desk"),
    ([*BORN, "M done 06-02 P"], "M void 06-03 D undoes=e1 reason=", "without_reason"),
    ([*BORN, "M done 06-02 P"], "M void 06-03 D undoes=e9", "no_such_step_to_void"),
    ([*TWO, "M done 06-02 P"], "N void 06-03 D undoes=e2", "no_such_step_to_void"),
    (BORN, "M void 06-03 D undoes=e0", "bears_the_matter"),
    (BORN, "M void 06-03 D undoes=", "without_undoes"),
]
"""What was done before, the step, and why it is not taken ("" where it is)."""


def numbered(row: int, number: int, line: str) -> str:
    """The line with the number of its row before each matter and event, so that the whole table is one ledger."""
    matter, step, on, by, *more = line.split()
    given = [re.sub(r"^(of|undoes)=(?=.)", rf"\1={row}-", part) for part in more]
    return " ".join([f"{row}-{matter}", step, on, by, f"event={row}-e{number}", *given])


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """Event → why it was not taken, for the whole table."""
    return reasons(
        [numbered(row, at, line) for row, (before, step, _) in enumerate(TABLE) for at, line in enumerate([*before, step])]
    )


@pytest.mark.parametrize("row", range(len(TABLE)), ids=lambda row: f"{len(TABLE[row][0])} {TABLE[row][1]}")
def test_a_step_is_taken_or_refused_with_the_reason(row: int, told: dict[str, str]) -> None:
    """Of each guard, the step that passes and the one that does not; and the reason is one that has words."""
    before, _, reason = TABLE[row]
    found = {event: why for event, why in told.items() if event.startswith(f"{row}-")}
    assert found == ({f"{row}-e{len(before)}": reason} if reason else {})
    assert "不计" not in reason_sentence(reason or "late").zh


def test_a_void_cannot_be_voided() -> None:
    """The step that was taken back stays out."""
    found = reasons([*BORN, "M done 06-02 P", "M void 06-03 D undoes=e1", "M void 06-04 D undoes=e2"])
    assert {event: reason for event, reason in found.items() if reason != "voided"} == {"e3": "void_of_a_void"}


def test_a_ring_of_three_leaves_each_matter_its_row() -> None:
    """M joins N; N, which was joined, and X, which would join M, are refused: every applicant keeps a live matter."""
    ring = [
        *TWO,
        "X raise 06-01 P household=H3",
        "M duplicate 06-02 P of=N",
        "N duplicate 06-02 P of=X",
        "X duplicate 06-02 P of=M",
    ]
    assert reasons(ring) == {"e4": "has_joined_applicants", "e5": "into_a_duplicate"}


STATES = {
    "open": "sort apply note extend done explain withdraw duplicate",
    "applied": "sort accept refuse note done explain withdraw duplicate",
    "done": "sort answer reopen",
    "explained": "sort answer reopen",
    "closed": "answer reopen",
    "withdrawn": "reopen",
    "duplicate": "",
    "settled": "reopen",
}
TO = {
    "open": ["raise 06-01 P"],
    "applied": ["raise 06-01 P", "apply 06-02 P"],
    "done": ["raise 06-01 P", "done 06-02 P"],
    "explained": ["raise 06-01 P", "explain 06-02 P"],
    "closed": ["raise 06-01 P", "done 06-02 P", "answer 06-03 P"],
    "withdrawn": ["raise 06-01 P", "withdraw 06-02 P"],
    "duplicate": ["raise 06-01 P", "duplicate 06-02 P of=Z"],
    "settled": ["settle 06-01 P"],
}
WHO = {"sort": "D", "accept": "T", "refuse": "T"}


def test_each_step_is_taken_from_the_states_that_the_programme_names() -> None:
    """Every step from every state: those named are accepted, every other is refused with the current state."""
    lines, expected = ["Z raise 06-01 P"], {}
    for state, way in TO.items():
        for step in "sort apply accept refuse note extend done explain answer withdraw duplicate reopen".split():
            matter = f"{state}-{step}"
            lines += [f"{matter} {each}" for each in way]
            if step not in STATES[state].split():
                expected[f"e{len(lines)}"] = f"not_from_{state}"
            lines.append(f"{matter} {step} 06-10 {WHO.get(step, 'P')} of={'Z' if step == 'duplicate' else ''}")
    assert reasons(lines) == expected


def test_the_first_guard_that_fails_speaks() -> None:
    """The state before the person, the person before what is missing, that before the clock and the other matters."""
    assert why([*BORN, "M accept 06-02 Q deadline="]) == "not_from_open"
    assert why([*BORN, "M extend 06-20 Q deadline="]) == "not_responsible"
    assert why([*BORN, "M extend 06-20 P deadline="]) == "without_deadline"
    assert why([*BORN, "M extend 06-02 P", "M extend 07-20 P"]) == "too_many_times"


def test_without_a_register_of_posts_nobody_is_refused_for_who_they_are() -> None:
    """Everybody may do everything that the state allows."""
    lines = [*BORN, "M sort 06-02 Q", "M apply 06-02 Q", "M accept 06-03 Q", "M note 06-04 X"]
    assert reasons(lines, posts=None) == {}
    assert why([*BORN, "M accept 06-03 Q"], posts=None) == "not_from_open"


def test_nobody_climbs_above_the_last_tier_even_where_no_application_is_needed() -> None:
    """A programme that lets tiers take matters by themselves."""
    change = '[[ledgers]]\nid = "matters"\n[[ledgers.steps]]\nid = "accept"\nfrom = ["open"]\n'
    climbing = [*BORN, "M accept 06-02 P", "M accept 06-03 P"]
    assert why(climbing, posts=None, change=change) == ""
    assert why([*climbing, "M accept 06-04 P"], posts=None, change=change) == "no_higher_tier"


@pytest.mark.parametrize(
    ("by", "step", "reason"),
    [
        ('["desk"]', "M raise 06-01 D", ""),
        ('["desk"]', "M raise 06-01 P", "not_desk"),
        ('["desk"]', "M raise 06-01 P title=", "not_desk"),
        ('["desk"]', "M raise 06-01 D title=", "without_title"),
        ('["responsible"]', "M raise 06-01 P", ""),
        ('["responsible"]', "M raise 06-01 Q", "not_responsible"),
        ('["responsible", "desk"]', "M raise 06-01 Q", "not_responsible_or_desk"),
    ],
)
def test_a_programme_may_say_who_enters_matters(by: str, step: str, reason: str) -> None:
    """The person is asked before what is missing."""
    change = f'[[ledgers]]\nid = "matters"\n[[ledgers.steps]]\nid = "raise"\nby = {by}\n'
    assert why([step], change=change) == reason
