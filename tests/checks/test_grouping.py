"""What a report prints first, and what it gathers."""

from liuwen.checks.findings import Finding, Severity
from liuwen.checks.grouping import More, grouped
from liuwen.form.sheets import Place
from liuwen.messages import Sentence


def finding(severity: Severity, rule: str, row: int) -> Finding:
    """A finding of a rule in a row."""
    return Finding(severity, rule, Place("survey", row, "label"), Sentence(zh="错", en="wrong"))


def test_errors_come_first_and_kinds_together() -> None:
    """Wherever in the form they stand."""
    found = [finding("note", "c", 2), finding("warning", "b", 3), finding("error", "a", 9), finding("warning", "d", 4)]
    found.append(finding("warning", "b", 8))
    shown = [(each.rule, each.place.row) for each in grouped(found) if isinstance(each, Finding)]
    assert shown == [("a", 9), ("b", 3), ("b", 8), ("d", 4), ("c", 2)]


def test_repeated_findings_are_grouped_and_counted() -> None:
    """With the first places of the rest, and how to list them all."""
    *first, more = grouped([finding("warning", "missing-translation", row) for row in range(2, 1202)])
    assert len(first) == 3
    assert isinstance(more, More)
    assert "1197 more" in str(more)
    assert "survey row 5" in str(more)
    assert "--rule missing-translation" in str(more)


def test_a_single_one_is_not_worth_a_line_of_its_own() -> None:
    """Four are shown as four; of errors, eleven."""
    assert all(isinstance(each, Finding) for each in grouped([finding("note", "a", row) for row in range(4)]))
    assert all(isinstance(each, Finding) for each in grouped([finding("error", "a", row) for row in range(11)]))
