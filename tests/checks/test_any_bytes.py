"""Whatever is given ends in a report or in one clear error; nothing hangs, nothing falls over."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.checks import Report, check
from liuwen.checks.checking import rule_findings
from liuwen.checks.facts import Facts
from liuwen.checks.verdicts.conversion import conversion_findings
from liuwen.errors import ReadError
from liuwen.form import Form, Sheet, read_form

SOUND = Path(__file__).parents[2] / "benchmarks" / "seeded_faults" / "base.md"
NASTY = [
    "", " ", "${", "}", "${a}", "'", '"', "(" * 300, "1 or", "begin group", "end repeat", "select_one", "select_one x", "range",
    "calculate", ". > 1 and . < 0", "date('2020-99-99')", "9" * 400, "1e999", "nan", "-" * 3000, "not(" * 150,
    "${rooms} and " * 500 + "1", "{0}", "%(x)s", "\x00", "²", "label::", "::", "🙂", "yes",
]  # fmt: skip


def answered(content: bytes) -> bool:
    """Whether there was a report, or else one clear error."""
    try:
        return isinstance(check(read_form(content)), Report)
    except ReadError as error:
        return bool(error.sentence.zh and error.sentence.en)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_any_bytes(content: bytes) -> None:
    """Noise is no form, and is told so."""
    assert answered(content)


def damaged(path: Path) -> Iterator[bytes]:
    """The file cut short, and with bits flipped."""
    content = path.read_bytes()
    chance = random.Random(path.name)
    yield content[: len(content) // 2]
    yield content[: chance.randrange(len(content))]
    flipped = bytearray(content)
    for _ in range(3):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    yield bytes(flipped)


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")  # damage may make another kind of it
def test_damaged_files(corpus: Path) -> None:
    """Real workbooks and XForms that did not arrive whole."""
    files = sorted([*corpus.glob("forms/*/*.xls*"), *corpus.glob("xforms/**/*.xml")])[::9]
    assert all(answered(content) for path in files for content in damaged(path))


def changed(form: Form, places: list[tuple[int, int, int, str]]) -> Form:
    """The form with cells, headers among them, overwritten."""
    sheets = list(form.sheets)
    for which, row, column, text in places:
        sheet = sheets[which % len(sheets)]
        table = [list(cells) for cells in (sheet.header, *sheet.rows)]
        table[row % len(table)][column % len(sheet.header)] = text
        sheets[which % len(sheets)] = replace(sheet, header=tuple(table[0]), rows=tuple(map(tuple, table[1:])))
    return Form(tuple(sheets))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 1000)] * 3, st.sampled_from(NASTY)), min_size=1, max_size=8))
def test_rules_survive_any_cells(places: list[tuple[int, int, int, str]]) -> None:
    """A form may say anything anywhere."""
    for finding in rule_findings(Facts(changed(read_form(SOUND), places))):
        assert finding.sentence.zh
        assert finding.sentence.en


def test_a_form_that_keeps_the_engine_busy_is_told_so() -> None:
    """The time is bounded, the engine replaced, and the rules still speak."""
    choices = [["l", f"n{number}", "x" * 300] for number in range(5_000)]
    survey = Sheet.of("survey", ["type", "name", "label"], [["select_one l", "a", "A"]])
    heavy = Form((survey, Sheet.of("choices", ["list_name", "name", "label"], choices)))
    report = check(heavy, timeout=0.05)
    assert ("javarosa", "error") in {(finding.rule, finding.severity) for finding in report.all}
    assert "long-inline-list" in set(report.findings["rule"])
    assert check(read_form(SOUND)).ok


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")  # one of them is named .xlsx and is an .xls
@pytest.mark.slow
def test_forms_that_pyxform_and_javarosa_accept_get_no_error_falsely(corpus: Path) -> None:
    """Every form gets a report; of 41, two get errors: they compare with values that their lists do not have, and name a
    language that is not there."""
    faulty = set()
    for path in sorted(corpus.glob("forms/*/*.xls*")):
        facts = Facts(read_form(path))
        outside = [finding.severity for finding in conversion_findings(facts)()]
        rules = [finding.severity for finding in rule_findings(facts)]
        if "error" in rules and "error" not in outside:
            faulty.add(path.name)
    assert faulty == {"grains.xlsx", "subdistrict_profiling_tool.xlsx"}


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")  # some say what an XLSForm has no words for
@pytest.mark.slow
def test_xforms_that_phones_open_get_no_error_falsely(corpus: Path) -> None:
    """Every XForm gets a report, and errors only what a phone refuses or drops: an empty group, a choice without a label, a
    circle, a key without an instance ID, a default that is no choice."""
    reports = {path.name: check(read_form(path)) for path in sorted(corpus.glob("xforms/**/*.xml"))}
    assert {name for name, report in reports.items() if not report.ok} == {
        "emptyGroupFieldList.xml", "likert_test.xml", "invalid-form.xml", "encrypted-no-instanceID.xml", "form_styling.xml"
    }  # fmt: skip
