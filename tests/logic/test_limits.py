"""Constraints taken apart into what can be solved."""

import pytest

from liuwen.logic.limits import NO_LIMITS, Bound, facts_of, limits_of


@pytest.mark.parametrize(
    ("constraint", "bounds"),
    [
        (". > 0 and . < 120", (Bound(">", "0"), Bound("<", "120"))),
        ("0 <= .", (Bound(">=", "0"),)),
        ("number(.) <= ${people} - 1", (Bound("<=", "${people} - 1"),)),
        (". <= today() and . >= ${born}", (Bound("<=", "today()"), Bound(">=", "${born}"))),
        (". = 3 or . = 4", ()),
        (". > . - 1", ()),
    ],
)
def test_bounds_are_read_from_conjunctions(constraint, bounds):
    """Either side may hold the answer; what is not a plain bound is left alone."""
    assert limits_of(constraint).bounds == bounds


def test_counts_lengths_patterns_and_lone_choices_are_read():
    """The ways in which questionnaires limit choices and texts."""
    several = limits_of("count-selected(.) <= 3 and (count-selected(.) = 1 or not(selected(., 'none')))")
    assert several.count == (Bound("<=", "3"),)
    assert several.alone == {"none"}
    text = limits_of("regex(., '^[0-9]+$') and string-length(.) = 6")
    assert text.length == (Bound("=", "6"),)


@pytest.mark.parametrize(
    ("constraint", "alone"),
    [
        ("not(selected(., 'none')) or count-selected(.) < 2", {"none"}),
        ("count-selected(.) <= 1 or not(selected(., 'none') or selected(., 'unsure'))", {"none", "unsure"}),
        ("count-selected(.) < 3 or not(selected(., 'none'))", set()),
        ("count-selected(.) = 1 or not(selected(., 'none')) or ${free} = 'yes'", set()),
    ],
)
def test_exclusive_choices_are_recognised(constraint, alone):
    """Any spelling of "only this choice"; not if other choices may be combined with it."""
    assert limits_of(constraint).alone == alone


@pytest.mark.parametrize("constraint", [". > 3 or ${a} = 1", ". >"])
def test_unsupported_constraints_give_no_bounds(constraint):
    """Beyond the analysis, or with invalid syntax; the constraint itself is kept."""
    limits = limits_of(constraint)
    assert (limits.bounds, limits.source) == ((), constraint)


XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><town id="x"><village>湖滨</village><age/><home><size>2</size><rooms/></home><meta><audit/></meta></town></instance>
<instance id="list"><root><item><name>a</name></item></root></instance>
<bind nodeset="/town/village" required="true()" readonly="true()"/>
<bind nodeset="/town/age" constraint=". &gt; 17" required="${consent} = 'yes'" readonly="false()"/>
<bind nodeset="/town/home/size" required="false()" constraint=""/>
<bind nodeset="/town/home/rooms" calculate="1 + 1"/>
<bind nodeset="/town/meta/audit" type="binary"/>
<setvalue ref="/town/age" event="odk-instance-first-load" value="3"/>
<setvalue bind="/town/home/born" event="xforms-value-changed"/>
</model></h:head></h:html>"""


def test_a_form_says_what_is_limited_required_read_only_and_filled_before_it_is_asked() -> None:
    """By paths without the root; what is never required or read-only is not named."""
    rules = facts_of(XFORM)
    assert set(rules.limits) == {"age"}
    assert rules.of("age").bounds == (Bound(">", "17"),)
    assert rules.of("home/size") is NO_LIMITS
    assert rules.required == {"village": "true()", "age": "${consent} = 'yes'"}
    assert rules.read_only == {"village"}
    assert rules.prefilled == {"village", "home/size", "home/rooms", "age", "home/born"}
    assert (rules.root, rules.audited) == ("town", True)


def test_a_form_without_anything_has_no_rules() -> None:
    """Its root is called data."""
    rules = facts_of("<html/>")
    assert (rules.root, rules.audited) == ("data", False)
    assert not rules.limits and not rules.required and not rules.read_only and not rules.prefilled


@pytest.mark.parametrize(
    ("constraint", "mentioned"),
    [
        (". > 1 and . < 2.5", ("1", "2.5")),
        ("regex(., 'a') and regex(., 'b')", ("a", "b")),
        ("regex(${q}, 'a')", ("a",)),
        ("regex(., ${q})", ()),
        ("string-length(.) > string-length(.)", ()),
        ("string-length(string(.)) < 9", ("9",)),
        ("${q} > 3", ("3",)),
        ("not(selected(., 'none'))", ("none",)),
        ("count-selected(.) = 2 or not(selected(., 'none'))", ("2", "none")),
        ("1 >= count-selected(.) or not(selected(., 'none'))", ("1", "none")),
        ("count-selected(.) = 1 or not(selected(${q}, 'none'))", ("1", "none")),
        ("count-selected(.) = 1 or selected(., 'none')", ("1", "none")),
        (". != '村' and . != '村'", ("村",)),
        ("", ()),
        ("(((", ()),
    ],
)
def test_mentioned_values(constraint: str, mentioned: tuple[str, ...]) -> None:
    """Numbers and texts are mentioned once, understood or not."""
    assert limits_of(constraint).mentioned == mentioned
