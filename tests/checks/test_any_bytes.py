"""Whatever is given ends in a report or in one clear error; nothing hangs, nothing falls over."""

import random
import struct
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
from liuwen.form.choices import offered

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
    """Noise is not a form and gives a clear message."""
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


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_xls(corpus: Path, seed: int) -> None:
    """xlrd follows what it reads wherever it points, into itself too."""
    files = sorted(corpus.glob("forms/*/*.xls"))
    chance = random.Random(seed)
    content = bytearray(chance.choice(files).read_bytes())
    for _ in range(4):
        place = chance.randrange(min(len(content), 4096) if chance.random() < 0.5 else len(content))
        content[place : place + 4] = chance.choice([bytes(4), b"\xff" * 4, b"\xfe\xff\xff\xff", chance.randbytes(4)])
    assert answered(bytes(content))


def xls_in_a_circle() -> bytes:
    """A compound file whose directory names a storage that is its own child."""
    sector = 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)

    def entry(name: str, kind: int, left: int, right: int, child: int) -> bytes:
        text = name.encode("utf-16-le")
        start = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, left, right, child)
        return (start + bytes(36) + struct.pack("<II", 0xFFFFFFFE, 0)).ljust(128, b"\0")[:128]

    none = 0xFFFFFFFF
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * (sector - 8)
    directory = entry("Root Entry", 5, none, none, 1) + entry("Workbook", 1, 1, 1, none) + bytes(256)
    return header[:sector] + table + directory


def test_an_xls_that_contains_itself() -> None:
    """A folder whose neighbour is itself has no end."""
    assert answered(xls_in_a_circle())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"survey\n,type,name\n,text," + b"x" * 200_000, id="a long cell in a CSV"),
        pytest.param(b"<a>" * 100_000, id="deep XML"),
        pytest.param(b"| survey |\n| | type | name |\n" + b"| | begin group | g |\n" * 3000, id="groups that never end"),
        pytest.param("survey\n,type,name\n".encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="an .xls of nothing"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="an empty zip"),
        pytest.param(b"| survey |\n| | type | name | relevant |\n| | text | a | " + b"(" * 20_000 + b" |", id="open brackets"),
        pytest.param(b"| survey |\n| | type | name | calculation |\n| | calculate | a | " + b"-" * 20_000 + b"1 |", id="minuses"),
    ],
)
def test_oversized_and_deeply_nested_input_is_handled(content: bytes) -> None:
    """Sizes beyond any real questionnaire."""
    assert answered(content)


def test_a_long_cell_in_a_list_beside_a_form(tmp_path: Path) -> None:
    """The file that is at fault is named."""
    (tmp_path / "itemsets.csv").write_text("list_name,name,label\nl,a," + "x" * 200_000)
    form = tmp_path / "form.md"
    form.write_text("| survey |\n| | type | name | label |\n| | select_one_external l | a | A |")
    with pytest.raises(ReadError, match=r"itemsets\.csv"):
        read_form(form)


@pytest.mark.parametrize("name", ["list.csv", "list.geojson"])
def test_a_list_that_cannot_be_read_is_not_held(name: str) -> None:
    """A cell without end, or brackets without end, in a file that travels with a form."""
    survey = f"| survey |\n| | type | name | label |\n| | select_one_from_file {name} | a | A |"
    held = Form(
        read_form(survey.encode()).sheets, media={name: b"name,label\na," + b"x" * 200_000 if "csv" in name else b"[" * 100_000}
    )
    assert isinstance(check(held), Report)
    assert not (offered(held, held["a"]) or ())


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


def test_a_form_that_exceeds_the_engine_time_limit_is_reported() -> None:
    """The time is bounded, the engine replaced, and the rules still speak."""
    choices = [["l", f"n{number}", "x" * 300] for number in range(5_000)]
    survey = Sheet.of("survey", ["type", "name", "label", "default"], [["select_one l", "a", "A", "n7"]])  # needs the whole list
    heavy = Form((survey, Sheet.of("choices", ["list_name", "name", "label"], choices)))
    report = check(heavy, timeout=0.001)  # taking the text in takes longer
    assert ("javarosa", "error") in {(finding.rule, finding.severity) for finding in report.all}
    assert "long-inline-list" in set(report.findings["rule"])
    assert check(read_form(SOUND)).ok


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")  # one of them is named .xlsx and is an .xls
@pytest.mark.slow
def test_forms_that_pyxform_and_javarosa_accept_get_no_error_falsely(corpus: Path) -> None:
    """Every form gets a report; of 41, five get errors: they compare with values that their lists do not have, name a
    language that is not there, compare a note with itself, require with T, and give a bare word for the name of a submission."""
    faulty = set()
    for path in sorted(corpus.glob("forms/*/*.xls*")):
        facts = Facts(read_form(path))
        outside = [finding.severity for finding in conversion_findings(facts)(True)]
        rules = [finding.severity for finding in rule_findings(facts)]
        if "error" in rules and "error" not in outside:
            faulty.add(path.name)
    assert faulty == {
        "REACH_2024_MSNA-kobo-tool_draft_v11.xlsx", "calculate.xls", "grains.xlsx",
        "subdistrict_profiling_tool.xlsx", "xl_date_ambiguous_v1.xlsx"
    }  # fmt: skip


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")  # some say what an XLSForm has no words for
@pytest.mark.slow
def test_xforms_that_phones_open_get_no_error_falsely(corpus: Path) -> None:
    """Every XForm gets a report, and errors only what a phone refuses or drops: an empty group, a choice without a label, a
    circle, a key without an instance ID, a default that is no choice."""
    reports = {path.name: check(read_form(path)) for path in sorted(corpus.glob("xforms/**/*.xml"))}
    assert {name for name, report in reports.items() if not report.ok} == {
        "emptyGroupFieldList.xml", "likert_test.xml", "invalid-form.xml", "encrypted-no-instanceID.xml", "form_styling.xml"
    }  # fmt: skip
