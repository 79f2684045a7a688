"""What of a form is reached, and what nobody ever can reach, with the reason."""

# a form written as a table is as wide as it is

from dataclasses import replace

import pytest

from liuwen.form import read_form
from liuwen.messages import use_language
from liuwen.simulation import coverage

DEAD = """
| survey |
| | type | name | label | relevant | constraint | choice_filter | calculation | required |
| | select_one yn | a | A | | | | | yes |
| | integer | age | Age | | . >= 0 and . < 120 | | | yes |
| | select_multiple kind | kinds | Kinds | | count-selected(.) = 1 or not(selected(., 'none')) | | | yes |
| | text | alive | Alive | ${a} = 'yes' and ${age} > 90 and selected(${kinds}, 'x') | | | | |
| | text | dead_value | No such choice | ${a} = 'maybe' | | | | |
| | text | dead_range | Too old | ${age} > 150 | | | | |
| | text | dead_both | Both | ${a} = 'yes' and ${a} = 'no' | | | | |
| | begin group | g | | ${a} = 'no' | | | | |
| | text | dead_inside | Contradicts its group | ${a} = 'yes' | | | | |
| | end group | | | | | | | |
| | text | dead_after | After a dead one | ${dead_value} != '' | | | | |
| | text | dead_false | Never | false() | | | | |
| | calculate | old | | | | | if(${age} >= 60, 1, 0) | |
| | text | alive_old | Old | ${old} = 1 | | | | |
| | text | dead_old | Old and young | ${old} = 1 and ${age} < 50 | | | | |
| | select_one place | place | Place | | | side = ${a} | | |
| | integer | dead_rule | Nothing is allowed | | . > 5 and . < 3 | | | |
| | select_one kind | dead_choice | One choice is forbidden | | . != 'x' | | | |
| choices |
| | list_name | name | label | side |
| | yn | yes | Yes | |
| | yn | no | No | |
| | kind | x | X | |
| | kind | y | Y | |
| | kind | none | None | |
| | place | p1 | P1 | yes |
| | place | p2 | P2 | no |
| | place | p3 | P3 | elsewhere |
"""
EXPECTED = {
    ("question", "dead_value", "asked"),
    ("question", "dead_range", "asked"),
    ("question", "dead_both", "asked"),
    ("question", "g/dead_inside", "asked"),
    ("question", "dead_after", "asked"),
    ("question", "dead_false", "asked"),
    ("question", "dead_old", "asked"),
    ("relevance", "dead_value", "true"),
    ("relevance", "dead_range", "true"),
    ("relevance", "dead_both", "true"),
    ("relevance", "g/dead_inside", "true"),
    ("relevance", "dead_after", "true"),
    ("relevance", "dead_false", "true"),
    ("relevance", "dead_old", "true"),
    ("choice", "place", "p3"),
    ("choice", "dead_choice", "x"),
    ("constraint", "dead_rule", "accepted"),
}


@pytest.fixture(scope="module")
def dead():
    return coverage(read_form(DEAD.encode()), 20)


def test_exactly_what_is_dead_is_named(dead):
    """Everything planted is found, and nothing that lives."""
    found = dead.unreached
    assert set(zip(found["kind"], found["element"], found["outcome"], strict=True)) == EXPECTED
    assert set(found["status"]) == {"cannot be reached"}
    assert dead.complete


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ("dead_value", "'a' has no choice 'maybe'"),
        ("dead_range", "the constraint of 'age' (. >= 0 and . < 120) does not allow the number that is needed"),
        ("dead_both", "'a' cannot be 'yes' and 'no' at the same time"),
        ("g/dead_inside", "'a' cannot be 'yes' and 'no' at the same time"),
        ("dead_after", "'dead_value' must be asked first, and 'a' has no choice 'maybe'"),
        ("dead_false", "the condition (false()) is never true"),
        ("dead_old", "'age' would have to be at least 60 and at most 49"),
        ("place", "'a' has no choice 'elsewhere'"),
        ("dead_rule", "the constraint of 'dead_rule' (. > 5 and . < 3) does not allow the number that is needed"),
        ("dead_choice", "the constraint of 'dead_choice' (. != 'x') forbids 'x'"),
    ],
)
def test_the_reason_says_what_is_in_the_way(dead, element, reason):
    """Each verdict names the question, choice or condition that closes the way."""
    with use_language("en"):
        assert str(dead._reasons[next(key for key in dead._reasons if key[1] == element)]) == reason


def test_it_tells_how_much_was_reached(dead):
    """A share by kind, a summary in both languages, and a table for a notebook with the text of the form escaped."""
    assert dead.shares["question"] == pytest.approx(1 - 7 / 15)
    with use_language("zh"):
        assert "走不到" in str(dead)
    with use_language("en"):
        assert "cannot be reached" in str(dead)
        assert "count-selected" not in dead._repr_html_()
        assert ". &lt; 120" in dead._repr_html_()


SUMS = """
| survey |
| | type | name | label | relevant | calculation | repeat_count |
| | integer | size | Size | | | |
| | begin repeat | person | Person | | | ${size} |
| | integer | age | Age | | | |
| | calculate | young | | | if(${age} < 16, 1, 0) | |
| | calculate | ancient | | | if(${age} > 99, 1, 0) | |
| | end repeat | | | | | |
| | calculate | children | | | sum(${young}) | |
| | calculate | elders | | | sum(${ancient}) | |
| | text | both | Both | ${children} > 0 and ${elders} > 0 | | |
| | begin repeat | cow | Cow | | | |
| | text | cow_name | Name | | | |
| | end repeat | | | | | |
| | text | herd | Herd | count(${cow}) > 4 | | |
"""


def test_totals_over_repeats_are_worked_back():
    """Two totals need two people of different age; a herd needs many cows. Chance hardly meets either."""
    found = coverage(read_form(SUMS.encode()), 3)
    assert found.unreached.empty


OTHERWISE = """
| survey |
| | type | name | label | relevant |
| | integer | sheep | Sheep | |
| | text | exactly | Exactly | boolean(${sheep} = 4711) |
| | text | told | Told | ${sheep} != '' |
| | begin repeat | cow | Cow | |
| | text | cow_name | Name | |
| | end repeat | | | |
| | text | never | Never | count(${cow}) > 4 and count(${cow}) < 3 |
"""


def test_conditions_on_blanks_truths_and_counts_are_worked_back():
    """Without an interview by chance; and a herd is not of two sizes at once."""
    found = coverage(read_form(OTHERWISE.encode()), 0)
    assert found.unreached["element"].unique().tolist() == ["never"]
    assert found.complete


BIRTHS = """
| survey |
| | type | name | label | relevant | constraint | calculation |
| | today | today | | | | |
| | date | date_of_birth | Born? | | . <= today() | |
| | calculate | age | | | | int((today() - ${date_of_birth}) div 365.25) |
| | text | school | School? | ${age} >= 6 and ${age} < 16 | | |
| | text | pension | Pension? | int((${today} - ${date_of_birth}) div 365.25) > 90 | | |
| | date | next_visit | Next visit? | | . > today() and . < today() + 30 | |
| | dateTime | seen | Seen when? | | | |
| | text | long_ago | What was it? | ${seen} < date('2020-01-01') | | |
| | text | forenoon | And what? | ${seen} > date('2020-01-01T08:00:00') and ${seen} < date('2020-01-01T12:00:00') | | |
| | text | that_day | That day? | ${date_of_birth} = date('2012-05-01') | | |
| | text | guessed | This year? | today() < date('2024-01-01') | | |
| | text | dead | Both? | ${next_visit} < date('2020-01-01') and ${next_visit} > date('2021-01-01') | | |
"""


def test_ages_and_other_days_are_worked_back():
    """From a number of years to a day of birth; what rests on a guessed time proves nothing, two fixed days do."""
    found = coverage(read_form(BIRTHS.encode()), 0)
    missing = found.unreached
    assert set(zip(missing["element"], missing["status"], strict=True)) == {
        ("guessed", "not reached"), ("dead", "cannot be reached"), ("forenoon", "not reached"),
    }  # fmt: skip
    with use_language("en"):
        assert "no earlier than 2021-01-02 and no later than 2019-12-31" in str(found)


def test_without_interviews_by_chance_the_search_alone_reaches_it_all(market):
    """Every question, choice, branch and constraint outcome is reached on purpose."""
    assert coverage(market, 0).unreached.empty


def test_narrow_gaps_between_numbers_are_found():
    """A decimal between two close bounds, an integer between two decimals, a step of a range."""
    found = coverage(
        read_form(b"""
| survey |
| | type | name | label | relevant | constraint | parameters |
| | integer | n | N | | | |
| | decimal | p | P | | | |
| | range | r | R | | | start=0 end=5 step=0.5 |
| | integer | m | M | | . > 2.5 | |
| | text | a | A | ${n} > 2.5 and ${n} < 3.5 | | |
| | text | b | B | ${p} > 10 and ${p} < 10.005 | | |
| | text | c | C | ${r} > 1.2 and ${r} < 1.8 | | |
| | text | d | D | ${m} <= 3 | | |
| | decimal | q | Q | | int(.) <= 3 | |
| | text | f | F | ${q} > 3.5 | | |
| | text | dead | E | ${n} > 2 and ${n} < 3 | | |
"""),
        0,
    )
    assert set(found.unreached["element"]) <= {"dead", "c"}
    named = found.unreached.set_index("element")["status"]
    assert set(named["dead"]) == {"cannot be reached"}
    assert "cannot be reached" not in set(named.get("c", []))


def test_sums_products_and_rounded_numbers_are_worked_back():
    """By way of calculations too; what rounding lets through is found, and what no number meets is named."""
    found = coverage(
        read_form(b"""
| survey |
| | type | name | label | relevant | calculation | constraint |
| | decimal | p | P | | | |
| | integer | n | N | | | . > 10 and . <= 1000 |
| | integer | m | M | | | . >= 0 and . <= 1000 |
| | calculate | year | | | ${n} * 12 | |
| | text | a | A | int(${p}) = 10 and ${p} > 10.5 | | |
| | text | b | B | round(${p}) = 10 and ${p} < 9.7 | | |
| | text | c | C | ${n} + ${m} > 1500 | | |
| | text | d | D | ${year} > 9000 and ${year} < 9020 | | |
| | text | e | E | (${n} - 3) div 7 = 100 | | |
| | text | f | F | 100 - ${m} = 37 | | |
| | text | g | G | ${year} > 5 | | |
| | text | dead_sum | H | ${n} + 1 > 1002 | | |
| | text | dead_product | I | ${year} > 900 and ${n} < 50 | | |
| | text | dead_int | J | int(${p}) = 10 and ${p} > 11 | | |
"""),
        0,
    )
    assert set(found.unreached["element"]) == {"dead_sum", "dead_product", "dead_int"}
    assert set(found.unreached["status"]) == {"cannot be reached"}


def test_nothing_that_can_be_reached_is_called_impossible():
    """Nor choices that go together, lengths, blanks that stand for a number, a repeat that phones begin though it counts 0."""
    found = coverage(
        read_form(b"""
| survey |
| | type | name | label | relevant | constraint | required | repeat_count |
| | select_multiple l | two | Two | | count-selected(.) = 2 and selected(., 'a') | yes | |
| | select_multiple l | pick | Pick | | not(selected(., 'b')) | | |
| | text | word | Word | | string-length(.) < 9 | yes | |
| | integer | n | N | | . > 5 | | |
| | begin repeat | r | R | | | | 0 |
| | note | in | In | | | | |
| | end repeat | | | | | | |
| | note | long | A | string-length(${word}) > 3 | | | |
| | note | none | B | coalesce(${n}, 0) = 0 | | | |
| | note | kept | C | once(${n}) = 0 | | | |
| | select_multiple l | free | Free | | | | |
| | note | both | D | ${free} = 'a b' | | | |
| | note | more | E | ${free} != 'a' and selected(${free}, 'a') | | | |
| | note | pair | F | count-selected(${free}) * 2 < 5 and count-selected(${free}) >= 2 | | | |
| | note | dead | G | string-length(${word}) = 0 | | | |
| choices |
| | list_name | name | label |
| | l | a | A |
| | l | b | B |
| | l | c | C |
"""),
        0,
    )
    impossible = found.findings[found.findings["status"] == "cannot be reached"]
    assert set(zip(impossible["element"], impossible["outcome"], strict=True)) == {
        ("pick", "b"),
        ("r", "2+"),
        ("dead", "asked"),
        ("dead", "true"),
    }


def test_a_calculation_under_a_condition_may_be_blank():
    """Or out of date where a trigger sets it; no verdict rests on what it would come to."""
    found = coverage(
        read_form(b"""
| survey |
| | type | name | label | relevant | calculation | trigger |
| | integer | n | N | | | |
| | integer | m | M | | | |
| | calculate | two | | ${n} != 7777 | 1 + 1 | |
| | calculate | kept | | | if(${n} > 3, 1, 0) | ${m} |
| | note | a | A | ${two} != 2 and ${m} = 8888 | | |
| | note | b | B | ${m} = 8888 and not(${two} >= 1) | | |
| | note | c | C | ${n} = 2 and ${kept} = 1 | | |
"""),
        0,
    )
    assert "cannot be reached" not in set(found.findings["status"])


def test_only_what_is_offered_is_taken():
    """A choice that its filter never lets through is not reached, though other conditions would have it."""
    found = coverage(
        read_form(b"""
| survey |
| | type | name | label | relevant | choice_filter |
| | select_multiple l | some | Some | | g = 'x' |
| | note | dead | A | ${some} = 'b' | |
| choices |
| | list_name | name | label | g |
| | l | a | A | x |
| | l | b | B | y |
"""),
        3,
    )
    assert found.unreached["outcome"].tolist() == ["b", "true", "asked"]


def test_unsupported_conditions_are_not_reported_as_impossible():
    """A condition beyond the search is reported as not reached, without a verdict."""
    form = read_form(
        b"| survey |\n| | type | name | label | relevant |\n| | text | a | A | |\n"
        b"| | text | b | B | digest(${a}, 'MD5', 'hex') = '0cc175b9c0f1b6a831c399e269772661' and string-length(${a}) = 2 |\n"
    )
    found = coverage(form, 3)
    assert set(found.unreached["status"]) == {"not reached"}
    assert not found.complete


LISTED = """
| survey |
| | type | name | label | choice_filter | parameters |
| | select_one_from_file towns.csv | town | Town | | value=code |
| | select_one_from_file villages.csv | village | Village | town=${town} | |
| | select_one_from_file many.csv | any | Any | | |
| | select_one_from_file gone.csv | gone | Gone | | |
| | select_one things or_other | thing | Thing | | |
| choices |
| | list_name | name | label |
| | things | a | A |
"""


def test_choices_of_files_are_counted_too():
    """Through parameters and filters; one of many represents all, and uncountable choices are reported."""
    villages = "name,label,town\n" + "".join(f"v{n},V{n},t{n % 3}\n" for n in range(30)) + "lost,Lost,t9\n"
    files = {
        "towns.csv": "code,label\n" + "".join(f"t{n},T{n}\n" for n in range(3)),
        "villages.csv": villages,
        "many.csv": "name,label\n" + "".join(f"m{n},M{n}\n" for n in range(501)),
    }
    form = replace(read_form(LISTED.encode()), media={name: text.encode() for name, text in files.items()})
    found = coverage(form, 3)
    choices = found.findings[found.findings["kind"] == "choice"]
    assert choices.groupby("element").size().to_dict() == {"town": 3, "village": 31, "any": 1, "thing": 2}
    assert found.unreached[["element", "outcome", "status"]].to_numpy().tolist() == [["village", "lost", "cannot be reached"]]
    assert list(found.not_counted) == ["any", "gone"]
    with use_language("en"):
        assert "choices of any: 501 choices, more than 500" in str(found)
        assert "gone.csv" in found._repr_html_()
    with use_language("zh"):
        assert "survey 表第 3 行 village（选项 lost）走不到：" in str(found)


def test_an_interview_is_done_again_up_to_what_was_missing():
    """A condition that the solver does not understand held once, so it holds in the same interview done again."""
    form = read_form(
        b"""
| survey |
| | type | name | label | required | relevant | calculation | constraint | repeat_count |
| | begin_repeat | person | Person | | | | | 3 |
| | integer | born | Born | | | | . > 1920 and . < 2027 | |
| | calculate | is_old | | | | if(2026 - ${born} >= 80 and ${born} mod 7 = 3, 1, 0) | | |
| | end_repeat | person | | | | | | |
| | calculate | old | | | | sum(${is_old}) | | |
| | select_one letters | why | Why | yes | ${old} > 0 | | | |
| | note | rare | Rare | | ${why} = 'l19' | | | |
| choices |
| | list_name | name | label |
"""
        + "".join(f"| | letters | l{n} | L{n} |\n" for n in range(20)).encode()
    )
    assert coverage(form, 60).complete


def test_a_number_in_another_spelling_is_another_answer():
    """A phone takes 1 where '01' is forbidden, and no １２ for a number: nothing else is proved, and all else is reached."""
    form = read_form(
        """
| survey |
| | type | name | label | required | relevant | constraint |
| | select_one codes | code | Code | yes | | . != '01' |
| | note | first | First | | ${code} = 1 | |
| | note | text | Text | | ${code} = '1' | |
| | note | large | Large | | ${code} > 5 | |
| choices |
| | list_name | name | label |
| | codes | 1 | 1 |
| | codes | 01 | 01 |
| | codes | １２ | 12 |
""".encode()
    )
    found = coverage(form, 0)
    missing = found.unreached[["element", "outcome", "status"]].to_numpy().tolist()
    assert missing == [
        ["code", "01", "cannot be reached"],
        ["large", "true", "cannot be reached"],
        ["large", "asked", "cannot be reached"],
    ]
