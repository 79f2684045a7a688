"""Asks every rule, pyxform and JavaRosa about a form, and puts what they say in one order."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Finding, Rule, Severity
from liuwen.checks.ignoring import without_ignored
from liuwen.checks.report import Report
from liuwen.checks.rule_names import VERDICTS
from liuwen.checks.rules import RULES
from liuwen.checks.severities import Wanted, with_severities
from liuwen.checks.verdicts.conversion import SECONDS, conversion_findings
from liuwen.form.reading import FormLike, as_form

_SHEET_ORDER = ("survey", "choices", "external_choices", "entities", "settings")


def check(form: FormLike, *, timeout: float = SECONDS, severities: Mapping[str, Wanted] = MappingProxyType({})) -> Report:
    r"""Check a form: find everything that is wrong with it, in one run.

    The report combines pyxform's verdict, JavaRosa's verdict, and liuwen's own rules on structure, logic, choices,
    wording and survey practice. Errors do not work or lose answers, warnings are probably wrong, notes are advice. A row
    whose `note` column contains `# liuwen: ignore=unused-list` is skipped by that rule; several rules are separated by
    commas, and `all` means every rule.

    Args:
        form: The form, or the path of one.
        timeout: Seconds that pyxform and JavaRosa may take; a form that takes longer gets an error.
        severities: Rule → "error", "warning", "note" or "off", where a project wants another one. What pyxform or JavaRosa
            refuse stays an error.

    Returns:
        The report; `.ok` is true if there is no error.

    Example:
        >>> from liuwen.form import read_form
        >>> form = read_form(b"| survey |\n| | type | name | label |\n| | texxt | a | A |")
        >>> check(form).findings[["severity", "row", "column", "rule"]].head(1).values.tolist()
        [['error', 2, 'type', 'unknown-type']]
    """
    facts = Facts(as_form(form))
    outside = conversion_findings(facts, timeout)
    ruled = list(rule_findings(facts))
    found = chain(ruled, outside(any(finding.severity == "error" for finding in ruled)))
    kept = with_severities(without_ignored(facts, _once(found)), severities)
    return Report(facts.form, tuple(_sorted(facts, kept)))


_OF_THE_OUTCOME = frozenset({"always-relevant", "never-relevant", "useless-constraint", "impossible-constraint"})
"""Rules that say what an expression comes to, and not why."""
_FOLLOWS = frozenset({"zero-repeat-count", "filter-leaves-nothing"})
"""Rules whose warning only follows from what another rule reports in the same cell."""
_UNREAD = "constraint-not-checked"
_WHY = frozenset(
    "chained-comparison compared-with-itself constant-operand fixed-comparison group-as-value lone-word quoted-reference "
    "truth-compared".split()
)
"""Rules that say why an expression does not depend on what it seems to ask."""


def rule_findings(facts: Facts) -> Iterator[Finding]:
    """What the rules say, in the order of the rules.

    What an expression comes to is left out where another rule says why, and both where nothing reads it.
    """
    found = [Finding(fault.severity, rule_name(rule), fault.place, fault.sentence) for rule in RULES for fault in rule(facts)]
    explained = {finding.place for finding in found if finding.rule in _WHY}
    causes = [finding for finding in found if finding.rule not in _FOLLOWS]
    wrong = {cause.place for cause in causes if cause.severity == "error" or cause.rule == "count-not-a-number"}
    unread = {finding.place for finding in found if finding.rule == _UNREAD}
    for finding in found:
        outcome, why = finding.rule in _OF_THE_OUTCOME, finding.rule in _WHY
        if finding.rule in _FOLLOWS and finding.severity != "error" and finding.place in wrong:
            continue
        if not (outcome and finding.place in explained) and not ((outcome or why) and finding.place in unread):
            yield finding


def rule_name(rule: Rule) -> str:
    """The rule's name as a report writes it: "unused-list"."""
    return rule.__name__.replace("_", "-")


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Each thing once: where a rule speaks of a row (of a cell, among the headers), pyxform and JavaRosa only repeat it."""
    spoken: dict[tuple[str, int | None, str | None], Severity] = {}
    said: set[Finding] = set()
    for finding in found:
        if finding in said:
            continue
        said.add(finding)
        place = finding.place
        where = (place.sheet, place.row, place.column if place.row == 1 else None)
        outside = finding.rule in VERDICTS
        repeats = spoken.get(where) == "error" if finding.severity == "error" else where in spoken
        if outside and repeats and place.row is not None:
            continue
        if not outside and spoken.get(where) != "error":
            spoken[where] = finding.severity
        yield finding


def _sorted(facts: Facts, found: Iterable[Finding]) -> list[Finding]:
    sheets = {name: index for index, name in enumerate(_SHEET_ORDER)}
    columns = {sheet.name: {header: index for index, header in enumerate(sheet.header)} for sheet in facts.form.sheets}

    def order(finding: Finding) -> tuple[int, str, int, int]:
        place = finding.place
        column = columns.get(place.sheet, {}).get(place.column or "", -1)
        return sheets.get(place.sheet.strip().lower(), len(sheets)), place.sheet, place.row or 0, column

    return sorted(found, key=order)
