"""`liuwen check` and `liuwen build`."""

import json
from pathlib import Path

import pytest

from liuwen.form import read_form

FORMS = Path(__file__).parents[2] / "forms"
FAULTY = """
| survey |         |       |                     |              |
|        | type    | name  | label::English (en) | relevant     |
|        | integer | wells | How many wells?     |              |
|        | text    | why   | Why none?           | ${well} = 0  |
"""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.md"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_a_faulty_form_exits_with_1_and_names_the_cell(liuwen, faulty: Path) -> None:
    """Sheet, row and column, in words and in JSON."""
    said, recorded = liuwen("check", faulty), liuwen("check", faulty, "--json")
    assert said.status == recorded.status == 1
    (result,) = json.loads(recorded.out)
    errors = [finding for finding in result["findings"] if finding["severity"] == "error"]
    assert errors and {(error["sheet"], error["row"], error["column"]) for error in errors} == {("survey", 3, "relevant")}
    assert "well" in said.out


def test_valid_form_exits_with_0(liuwen) -> None:
    """Our own questionnaires have no error."""
    assert liuwen("check", FORMS / "satisfaction_survey.xlsx").status == 0


def test_unreadable_file_exits_with_2_and_others_are_checked(liuwen, faulty: Path) -> None:
    """One sentence for the file that cannot be read, no traceback."""
    (faulty.parent / "broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    said = liuwen("check", faulty.parent, faulty)
    assert said.status == 2
    assert "Traceback" not in said.err and said.err.count("\n") == 1
    assert "faulty.md" in said.out


def test_other_files_in_the_folder_are_skipped(liuwen, tmp_path: Path) -> None:
    """The lock of a workbook that is open, a list in XML and a folder are passed over; a form cut short is not."""
    (tmp_path / "~$visit.xlsx").write_bytes(b"\x05someone")
    (tmp_path / "villages.xml").write_text("<root><item><name>a</name></item></root>\n", encoding="utf-8-sig")
    (tmp_path / "old.xml").mkdir()
    assert "There is no form" in liuwen("check", tmp_path).err
    (tmp_path / "cut.xml").write_text("<h:html><h:head><h:title>V</h:title><mod", encoding="utf-8")
    said = liuwen("check", tmp_path)
    assert said.status == 2 and "cut.xml" in said.err and said.err.count("\n") == 1


def test_a_warning_is_a_sentence(liuwen, faulty: Path) -> None:
    """A workbook under another ending is read by what it holds, and one line says so."""
    misnamed = faulty.with_name("misnamed.xlsx")
    misnamed.write_bytes(faulty.read_bytes())
    said = liuwen("check", misnamed)
    assert said.status == 1
    assert "misnamed.xlsx" in said.err and said.err.count("\n") == 1 and ".py" not in said.err


def test_folder_without_forms_is_an_error(liuwen, tmp_path: Path) -> None:
    """An empty folder is a mistake, not a success."""
    said = liuwen("check", tmp_path)
    assert said.status == 2 and "There is no form" in said.err


def test_build_writes_the_forms_and_finds_the_outdated_one(liuwen, tmp_path: Path) -> None:
    """A changed workbook, and it alone, is named, and exits with 1."""
    assert liuwen("build", "--to", tmp_path).status == 0
    (tmp_path / "satisfaction_survey.xlsx").write_bytes(b"edited by hand")
    said = liuwen("build", "--to", tmp_path, "--check")
    assert said.status == 1 and said.out.count("\n") == 1 and "satisfaction_survey.xlsx" in said.out


def test_fix_moves_a_long_list_to_a_file_beside_the_form(liuwen, tmp_path: Path) -> None:
    """The new form reads it from there."""
    rows = "".join(f"| | v | v{n} | Village {n} |\n" for n in range(1001))
    head = "| survey |\n| | type | name | label |\n| | select_one v | village | Village? |\n"
    head += "| choices |\n| | list_name | name | label |\n"
    form = read_form(f"{head}{rows}| settings |\n| | form_id |\n| | a |\n".encode()).write(tmp_path / "a.xlsx")
    assert "long lists moved to v.csv" in liuwen("check", form, "--fix").out
    moved = read_form(tmp_path / "a.fixed.xlsx")
    assert moved.elements[0].from_file and moved.media["v.csv"].count(b"Village") == 1001


def test_fix_writes_a_new_file_and_reports_the_corrections(liuwen, faulty: Path) -> None:
    """The form stays as it is, and so does what was mended earlier; the mended one has that much less to say."""
    faulty.write_text(FAULTY.replace("relevant", "relevent"), encoding="utf-8")
    before = faulty.read_bytes()
    said = liuwen("check", faulty, "--fix")
    assert said.status == 1 and "Corrected cells: 1" in said.out and "faulty.fixed.xlsx" in said.out
    assert faulty.read_bytes() == before
    mended = faulty.with_name("faulty.fixed.xlsx").read_bytes()
    assert "faulty.fixed-2.xlsx" in liuwen("check", faulty, "--fix").out
    assert faulty.with_name("faulty.fixed.xlsx").read_bytes() == mended
    again = liuwen("check", faulty.with_name("faulty.fixed.xlsx"), "--fix", "--json")
    assert not [finding for finding in json.loads(again.out)[0]["findings"] if finding["rule"] == "unknown-column"]
    assert "no file was written" in again.err and not list(faulty.parent.glob("*.fixed.fixed.*"))


def test_only_errors_or_one_rule_are_listed(liuwen, faulty: Path) -> None:
    """What is not listed still counts for the exit status."""
    said = liuwen("check", faulty, "--errors")
    assert said.status == 1 and "dangling-reference" in said.out and "missing-setting" not in said.out
    said = liuwen("check", faulty, "--rule", "missing-setting", "--json")
    (result,) = json.loads(said.out)
    assert said.status == 1 and not result["ok"]
    assert {finding["rule"] for finding in result["findings"]} == {"missing-setting"}
    said = liuwen("check", faulty, "--rule", "missing-settings")
    assert said.status == 2 and "missing-setting" in said.err


def test_a_file_beside_the_form_sets_severities(liuwen, faulty: Path) -> None:
    """An error may become a note there."""
    (faulty.parent / "liuwen.toml").write_text('[check]\nmissing-setting = "off"\n')
    assert "missing-setting" not in liuwen("check", faulty).out
