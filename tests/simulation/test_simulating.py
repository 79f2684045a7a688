"""Synthetic respondents obey the form, hang together, repeat for a seed, and say that they are synthetic."""

import re
from datetime import date
from operator import eq, ge, gt, le, lt, ne

import pandas as pd
import pytest
from lxml import etree

from liuwen.engine import engine
from liuwen.errors import AnswerError, LiuwenWarning
from liuwen.form import Form, read_form
from liuwen.responses import SYNTHETIC_ATTRIBUTE, SYNTHETIC_DEVICE
from liuwen.simulation import coverage, filled, simulate, submissions
from liuwen.simulation.simulating import SYNTHETIC_NAMESPACE
from liuwen.simulation.visits import SYNTHETIC


@pytest.fixture(scope="module")
def made(market):
    return [etree.fromstring(xml) for xml in submissions(market, 200, seed=4)]


def answers(made, name):
    return [node.text or "" for xml in made for node in xml.iter(name)]


def test_every_constraint_holds(made):
    """Bounds, dates, counts, patterns and exclusive choices are obeyed in every submission."""
    assert all(17 < int(age) < 96 for age in answers(made, "age"))
    assert all(0.5 <= float(land) <= 2 for land in answers(made, "land"))
    assert all(re.fullmatch("[A-F]{2}-[0-9]{3}", code) for code in answers(made, "code"))
    needs = [given.split() for given in answers(made, "needs")]
    assert all(1 <= len(given) <= 3 for given in needs)
    assert all(given == ["none"] or "none" not in given for given in needs)
    for xml in made:
        moved, visited = xml.findtext(".//moved"), xml.findtext("visited")
        assert moved is None or "1950-01-01" <= moved < visited


def test_choice_filters_and_relevance_hold(made):
    """A village is of its town, a refusal ends the interview, a repeat is as long as its count (JavaRosa keeps the first)."""
    assert {xml.findtext("village")[0] + xml.findtext("town")[0] for xml in made} == {"ee", "ww"}
    for xml in made:
        agreed = xml.findtext("consent") == "yes"
        assert agreed == (xml.find("asked") is not None)
        if agreed:
            assert len(xml.findall("asked/child")) == max(1, int(xml.findtext("asked/children")))
            assert (xml.find("asked/which") is not None) == ("other" in xml.findtext("asked/needs").split())


def test_the_same_seed_makes_the_same_submissions(market):
    """Byte for byte, instance IDs included, however the work is cut up; another seed makes others."""
    whole = submissions(market, 45, seed=9)
    engine().close()
    assert submissions(market, 45, seed=9) == whole
    assert not set(submissions(market, 45, seed=10)) & set(whole)
    assert len({re.search(rb"uuid:[0-9a-f-]{36}", xml)[0] for xml in whole}) == 45


def test_everything_made_is_marked_synthetic(market, made):
    """The root element says so, and the device and the user do; what reads them takes the same marks."""
    assert f"{{{SYNTHETIC_NAMESPACE}}}synthetic" == SYNTHETIC_ATTRIBUTE
    assert SYNTHETIC == SYNTHETIC_DEVICE
    assert all(xml.get(SYNTHETIC_ATTRIBUTE) == "true" for xml in made)
    assert all(xml.findtext("device").startswith(SYNTHETIC) and xml.findtext("user").startswith(SYNTHETIC) for xml in made)
    assert simulate(market, 3).synthetic


def test_simulated_responses_load_whole(market):
    """Nothing that was made is refused or unknown when it is read."""
    responses = simulate(market, 30, seed=2)
    assert len(responses) == 30
    assert responses.rejected.empty
    assert responses.unknown.empty


def test_visits_spread_over_the_period(market):
    """Days run from the first to the last, in working hours of China, and an interview takes minutes."""
    table = simulate(market, 60, period=(date(2025, 6, 1), date(2025, 6, 30)), seed=3).table
    days = pd.to_datetime(table["visited"])
    assert days.between("2025-06-01", "2025-06-30").all()
    assert days.nunique() > 15
    minutes = (pd.to_datetime(table["end"]) - pd.to_datetime(table["start"])).dt.total_seconds() / 60
    assert minutes.between(0.1, 60).all()


def test_needs_differ_between_villages(market):
    """Shares of a need vary over villages by more than chance would have it."""
    responses = simulate(market, 300, seed=6, perfunctory=0)
    chosen = responses.selected("needs").dropna()
    village = responses.table.loc[chosen.index, "village"]
    spread = chosen[["road", "water", "school", "care"]].astype(float).groupby(village, observed=True).mean().std()
    assert spread.max() > 0.12


def test_answers_of_a_household_hang_together(market):
    """Who is content with the roads tends to be content with the school."""
    table = simulate(market, 250, seed=6, perfunctory=0).table
    scale = {"very_good": 2, "good": 1, "fair": 0, "poor": -1, "very_poor": -2}
    marks = table[["roads", "school"]].astype(str).replace(scale).apply(pd.to_numeric, errors="coerce").dropna()
    assert marks["roads"].corr(marks["school"]) > 0.25


def test_answers_can_be_settled(market):
    """A fixed value, a distribution, or a function of what was said so far."""
    rules = {
        "consent": "yes",
        "town": {"east": 1, "west": 0},
        "age": lambda said, chance: 30 if said["village"] == "e1" else chance.randint(60, 70),
    }
    made = [etree.fromstring(xml) for xml in submissions(market, 20, answers=rules)]
    assert {xml.findtext("town") for xml in made} == {"east"}
    assert all((xml.findtext("asked/age") == "30") == (xml.findtext("village") == "e1") for xml in made)


def test_settled_answers_to_unknown_questions_are_refused(market):
    """A misspelt name would otherwise be ignored silently."""
    with pytest.raises(AnswerError, match="'consnt'"):
        submissions(market, 1, answers={"consnt": "yes"})
    with pytest.raises(AnswerError, match="'consnt'"):
        coverage(market, 1, answers={"consnt": "yes"})


def test_settled_answers_that_break_a_constraint_are_refused(market):
    """A settled answer against its constraint, or a constraint that nothing meets, raises a sentence with the question."""
    with pytest.raises(AnswerError, match=r"'asked/age'.* answers=\{'age': "):
        submissions(market, 1, answers={"consent": "yes", "age": 5})
    impossible = read_form(
        b"| survey |\n| | type | name | label | required | constraint |\n| | integer | x | X | yes | . * . = 2 and . > 3 |"
    )
    with pytest.raises(AnswerError, match="'x'"):
        submissions(impossible, 1)


def test_answers_that_lead_nowhere_are_drawn_again():
    """A required note stops a respondent with contradictory answers; that interview is started again."""
    form = read_form(
        b"| survey |\n| | type | name | label | required | relevant |\n| | integer | a | A | yes | |\n"
        b"| | note | stop | Check A | yes | ${a} < 3 |\n"
    )
    assert all(int(etree.fromstring(xml).findtext("a")) >= 3 for xml in submissions(form, 10))


def test_answers_that_a_constraint_names_in_passing_are_found():
    """Though what is drawn from its simple bounds is refused again and again."""
    form = read_form(b"""
| survey |
| | type | name | label | constraint | required |
| | integer | age | Age | (. > 60 and . < 65) or . = 999 | yes |
| | integer | grown | Grown | not(. < 18) | yes |
| | decimal | share | Share | not(. < 40.5) | yes |
| | text | code | Code | . = 'K-7' or string-length(.) = 40 | yes |
| | select_one l | last | Last | . = 'z' | yes |
| | select_multiple l | pair | Pair | selected(., 'y') and selected(., 'z') and count-selected(.) = 2 | yes |
| choices |
| | list_name | name | label |
| | l | a | A |
| | l | y | Y |
| | l | z | Z |
""")
    assert len(simulate(form, 5).table) == 5


def test_a_missing_choice_file_is_reported():
    """Without its file, a required select has no choice to offer."""
    form = read_form(b"| survey |\n| | type | name | label | required |\n| | select_one_from_file v.csv | v | V | yes |")
    with pytest.raises(AnswerError, match=r"form\.media"):
        submissions(form, 1)


def test_progress_is_reported(market):
    """The number done so far rises to all of them."""
    steps = []
    submissions(market, 45, progress=steps.append)
    assert steps == sorted(steps)
    assert steps[-1] == 45


def test_no_submissions_are_none(market):
    """Nothing is asked for, nothing is made."""
    assert submissions(market, 0) == []


AUDITED = b"""
| survey |
| | type | name | label | required |
| | audit | audit | | |
| | image | photo | Photo | yes |
| | begin repeat | child | Child | |
| | integer | age | Age | yes |
| | end repeat | | | |
"""


def test_an_audit_log_goes_with_each_submission():
    """As Collect writes it: each question with when it was shown and left, between start and finalisation."""
    (one,) = filled(read_form(AUDITED), 1, seed=3)
    rows = [row.split(",") for row in one.attachments["audit.csv"].decode().splitlines()]
    assert rows[0] == ["event", "node", "start", "end"]
    assert [row[0] for row in rows[1:2] + rows[-3:]] == ["form start", "form save", "form exit", "form finalize"]
    shown = [row for row in rows if row[0] == "question"]
    assert shown[0][1] == "/data/photo"
    assert shown[1][1] == "/data/child[1]/age"
    assert all(int(start) < int(end) for _, _, start, end in shown)
    assert b"<audit>audit.csv</audit>" in one.xml
    assert one.finished.timestamp() * 1000 == pytest.approx(int(rows[-1][2]))


def test_a_file_that_is_required_comes_with_the_submission():
    """The XML names a file, and the file is there; nobody's picture is in it."""
    (one,) = filled(read_form(AUDITED), 1, seed=3)
    name = etree.fromstring(one.xml).findtext("photo")
    assert one.attachments[name].startswith(b"GIF89a")


def test_village_profiles_show_in_the_answers(market):
    """Larger villages are visited more, and hardship is where the profile says."""
    villages = pd.DataFrame(
        {"village": ["e1", "e2", "w1", "w2"], "households": [900, 200, 400, 500], "hardship_share": [0.0, 0.5, 0.1, 0.1]}
    )
    responses = simulate(market, 300, seed=5, villages=villages, perfunctory=0)
    visited = responses.table["village"].value_counts()
    assert visited["e1"] > 2 * visited["e2"]
    care = responses.selected("needs")["care"].dropna().astype(float).groupby(responses.table["village"], observed=True).mean()
    assert care["e2"] > care["e1"] + 0.2


def test_some_visitors_only_go_through_the_motions(market):
    """With every visitor perfunctory, interviews are short, scales are flat, or answers are copied; without any, few are."""
    formal, real = (simulate(market, 80, seed=8, visitors=8, perfunctory=share).table for share in (1.0, 0.0))

    def seconds(table):
        return (pd.to_datetime(table["end"]) - pd.to_datetime(table["start"])).dt.total_seconds().quantile(0.2)

    def flat(table):
        return table[["roads", "school", "clinic"]].dropna().astype(str).nunique(axis=1).eq(1).mean()

    assert seconds(formal) < 0.5 * seconds(real)
    assert flat(formal) > flat(real) + 0.1
    assert formal.duplicated(["age", "moved", "code"]).sum() > real.duplicated(["age", "moved", "code"]).sum()


def test_people_are_born_at_every_time_that_is_allowed():
    """Not all last month, as other days may lie; and never where a constraint forbids it."""
    head = "| survey |\n| | type | name | label | constraint |\n"
    rows = "| | date | child_birth_date | C | . <= today() and . > today() - 5000 |\n| | date | dob | D | . <= today() |\n"
    found = simulate(read_form((head + rows).encode()), 100).table
    ages = {name: (pd.Timestamp("2025-05-30") - found[name]).dt.days for name in ("child_birth_date", "dob")}
    assert ages["child_birth_date"].max() < 5000 + 90
    assert (ages["dob"] > 60 * 365).sum() > 10 < (ages["dob"] < 20 * 365).sum()


def test_answers_fit_constraints_as_a_phone_reads_them():
    """Where '01' is forbidden 1 is answered, and １２ where a text must be exactly that."""
    form = read_form(
        """
| survey |
| | type | name | label | required | constraint |
| | select_one codes | code | Code | yes | . != '01' |
| | text | wide | Wide | yes | . = '１２' |
| | integer | number | Number | yes | . = '07' |
| choices |
| | list_name | name | label |
| | codes | 1 | 1 |
| | codes | 01 | 01 |
""".encode()
    )
    table = simulate(form, 3, seed=1).table
    assert table[["code", "wide", "number"]].to_numpy().tolist() == [["1", "１２", 7]] * 3


@pytest.mark.parametrize("relation", [">", ">=", "<", "<=", "=", "!="])
@pytest.mark.parametrize(
    ("kind", "read"),
    [("date", "."), ("date", "decimal-date-time(.)"), ("dateTime", "decimal-date-time(.)"), ("time", "decimal-time(.)")],
)
def test_two_answers_times_are_put_in_relation(kind: str, read: str, relation: str):
    """Before, after or the same as an earlier answer; the phone's own reading of days and times."""
    holds = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq, "!=": ne}[relation]
    form = read_form(
        f"""
| survey |
| | type | name | label | required | constraint |
| | {kind} | begins | Begins | yes | |
| | {kind} | ends | Ends | yes | {read} {relation} {read.replace(".", "${begins}")} |
""".encode()
    )
    table = simulate(form, 6, seed=3).table
    assert all(holds(ends, begins) for begins, ends in zip(table["begins"], table["ends"], strict=True))


def test_times_that_are_compared_as_they_are_get_a_hint():
    """A phone compares them as days, so nothing is ever later: the message says what to write."""
    rows = "| | time | begins | B | yes | |\n| | time | ends | E | yes | . > ${begins} |\n"
    form = read_form(f"| survey |\n| | type | name | label | required | constraint |\n{rows}".encode())
    with pytest.warns(LiuwenWarning, match="decimal-time"):
        assert simulate(form, 1).table["ends"].isna().all()


EVERYDAY = read_form(
    rb"""
| survey |
| | type | name | label | required | constraint |
| | text | receipt | Receipt | yes | regex(., '[0-9]{6}') |
| | text | again | Again | yes | . = ${receipt} |
| | text | phone | Phone | yes | string-length(.) = 10 and regex(., '^[0-9]+$') |
| | text | code | Code | yes | starts-with(., 'KE-') and string-length(.) < 9 |
| | text | called | Name | yes | regex(., '^[\p{L} .-]{3,}$') |
| | text | secret | Secret | yes | regex(., '^(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{8,}$') |
| | text | mail | Mail | yes | regex(., '[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,4}') and contains(., '.org') |
| | text | either | Or | yes | . = '0' or (regex(., '[A-Z]{3}') and not(contains(., 'A'))) |
| | integer | number | Number | yes | regex(., '^[0-9]{4}$') |
| | integer | twice | Twice | yes | . = ${number} |
"""
)


def test_everyday_constraints_on_texts_are_solved():
    """Typing it twice, lengths with patterns, beginnings, letters of any script, looking ahead, addresses."""
    made = simulate(EVERYDAY, 5).table
    assert made.notna().loc[:, "receipt":"twice"].all(axis=None)
    assert (made["receipt"] == made["again"]).all()
    assert (made["number"] == made["twice"]).all()


TURNED_ON = {
    "parts of a hundred": "| integer | b | B | . >= 0 and . + ${a} <= 100 |\n| integer | c | C | . + ${a} + ${b} = 100 |",
    "a share of another answer": "| decimal | b | B | . div ${a} >= 2 and . div ${a} <= 3 |",
    "a multiple that chance rarely meets": "| integer | b | B | . > 999 and . < 10000 and . mod 97 = 1 |",
    "a root": "| decimal | b | B | sqrt(.) = 7 |",
    "a number of digits": "| text | b | B | number(.) > 10 and number(.) < 20 |",
    "a whole number as a text": "| text | b | B | int(.) = . and . > 100 |",
    "a day of a year": "| date | b | B | format-date(., '%Y') = '2019' |",
    "the first of a month": "| date | b | B | format-date(., '%e') = '1' and . > today() - 365 |",
    "a day on a condition": "| date | b | B | if(${a} < 25, . < date('1990-02-01') and . > date('1990-01-01'), 1) |",
    "one of two patterns": "| text | b | B | if(${a} < 25, regex(., '^A[0-9]{9}$'), regex(., '^[A-Z]{12}$')) |",
    "a pattern on a condition": "| text | b | B | (${a} < 25 and regex(., '[0-9]{10}')) or (${a} > 24 and regex(., 'P.{9}')) |",
    "a step of a range": "| range | b | B | . * . = 49 |",
}


@pytest.mark.parametrize("questions", TURNED_ON.values(), ids=TURNED_ON)
def test_everyday_constraints_on_numbers_and_days_are_solved(questions):
    """What chance does not meet is found where the sides of a comparison are equal, or by trying numbers and days in a row."""
    rows = "".join(f"| {row}\n" for row in ["| integer | a | A | . > 0 and . < 50 |", *questions.split("\n")])
    made = simulate(read_form(f"| survey |\n| | type | name | label | constraint |\n{rows}".encode()), 10, blanks=0, seed=3)
    assert made.table["b"].notna().all()
    assert "c" not in made.table or made.table["c"].notna().all()


def test_a_required_note_is_reported_as_one_that_nobody_answers():
    """No constraint is to blame."""
    form = read_form(b"| survey |\n| | type | name | label | required |\n| | text | a | A | |\n| | note | stop | Stop | yes |")
    with pytest.warns(LiuwenWarning, match="'stop' is required, but it is a note"):
        assert len(simulate(form, 2, seed=1).table) == 2


def test_unsolved_constraints_are_skipped_and_reported():
    """The other questions are answered; each blank is reported with its reason and how to settle it."""
    form = read_form(
        rb"""
| survey |
| | type | name | label | required | constraint |
| | text | back | Back | yes | regex(., '^(a)\1$') |
| | text | none | None | yes | regex(., '^[0-9]{3}$') and string-length(.) = 4 |
| | integer | rooms | Rooms | yes | . > 0 and . < 9 |
"""
    )
    with pytest.warns(LiuwenWarning, match=r"blank: 2.*'back'.*refers back.*answers=\{'back'.*'none'.*Correct the constraint"):
        made = simulate(form, 3).table
    assert made["rooms"].notna().all()
    assert made[["back", "none"]].isna().all(axis=None)


def test_several_random_values_repeat_for_a_seed_after_other_forms():
    """JavaRosa draws them in an order that depends on the forms parsed before in its worker."""

    def drawing(names: str) -> Form:
        rows = "".join(f"| | calculate | {name} | | random() + ${{n}} |\n" for name in names)
        return read_form(f"| survey |\n| | type | name | label | calculation |\n| | integer | n | N | |\n{rows}".encode())

    form = drawing("abcdefgh")
    for name in "pqr":
        submissions(drawing(name), 1)
    after_others = submissions(form, 2, seed=5)
    engine().close()
    assert submissions(form, 2, seed=5) == after_others
