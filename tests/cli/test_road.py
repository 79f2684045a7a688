"""From a form to needs by village, command by command."""

import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.store import Store

VILLAGES = """
| survey  |                        |         |                     |
|         | type                   | name    | label::English (en) |
|         | select_one village     | village | Which village?      |
|         | select_multiple need   | needs   | What is needed?     |
| choices |           |       |                     |
|         | list_name | name  | label::English (en) |
|         | village   | north | North               |
|         | village   | south | South               |
|         | need      | road  | Roads               |
|         | need      | water | Water               |
| settings |         |            |
|          | form_id | form_title |
|          | wants   | Wants      |
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "wants.md"
    path.write_text(VILLAGES, encoding="utf-8")
    return path


@pytest.fixture
def filled(liuwen, form: Path) -> Path:
    folder = form.parent / "filled"
    assert liuwen("simulate", form, "-n", 60, "--to", folder).status == 0
    return folder


def test_simulate_writes_one_file_per_submission(filled: Path) -> None:
    """As many as were asked for, each marked synthetic."""
    files = sorted(filled.iterdir())
    assert len(files) == 60
    assert all("synthetic" in file.read_text(encoding="utf-8") for file in files)


def test_simulate_again_leaves_no_file_of_an_earlier_run(liuwen, form: Path, filled: Path) -> None:
    """The folder holds one run only."""
    liuwen("simulate", form, "-n", 3, "--to", filled)
    assert len(list(filled.iterdir())) == 3


def test_load_tells_sizes_and_writes_tables(liuwen, form: Path, filled: Path) -> None:
    """Parquet for every table, and their sizes as JSON."""
    said = liuwen("load", filled, "--form", form, "--to", form.parent / "tables", "--json")
    assert said.status == 0
    written = pd.read_parquet(form.parent / "tables" / "submissions.parquet")
    sizes = json.loads(said.out)["tables"][0]
    assert len(written) == 60
    assert (sizes["rows"], sizes["columns"]) == written.shape


def test_load_reports_unreadable_submissions_and_loads_the_rest(liuwen, form: Path, filled: Path) -> None:
    """Exit status 1; one reason a submission."""
    (filled / "bomb.xml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><wants id="wants">&a;</wants>', encoding="utf-8")
    (filled / "other.xml").write_text('<data id="another_form"><village>north</village></data>', encoding="utf-8")
    said = liuwen("load", filled, "--form", form, "--json")
    loaded = json.loads(said.out)
    assert said.status == 1
    assert loaded["tables"][0]["rows"] == 60
    assert {Path(one["source"]).name for one in loaded["rejected"]} == {"bomb.xml", "other.xml"}


def test_load_of_nothing_is_one_sentence(liuwen, form: Path) -> None:
    """A missing folder exits with 2."""
    said = liuwen("load", form.parent / "nowhere", "--form", form)
    assert said.status == 2 and said.err.count("\n") == 1


def test_explore_prints_needs_and_writes_a_page(liuwen, form: Path, filled: Path) -> None:
    """A line a village, and a page that stands alone."""
    page = form.parent / "needs.html"
    said = liuwen("explore", filled, "--form", form, "--to", page)
    assert said.status == 0 and "North" in said.out
    html = page.read_text(encoding="utf-8")
    assert "North" in html and 'src="http' not in html and len(html) < 1_000_000


def test_explore_by_an_unknown_question_is_one_sentence(liuwen, form: Path, filled: Path) -> None:
    """The sentence names what could be grouped by."""
    said = liuwen("explore", filled, "--form", form, "--by", "county")
    assert said.status == 2 and "county" in said.err and "village" in said.err


def test_explore_before_the_first_answer_says_so(liuwen, form: Path) -> None:
    """The form is not to blame."""
    store = Store(form.parent / "town")
    store.publish(read_form(form))
    said = liuwen("explore", store.folder, "--form", form)
    assert said.status == 2 and said.err == "There are no answers yet.\n"


def test_explore_on_the_first_day(liuwen, form: Path) -> None:
    """Two visits, one of them to another village: each is named, and nothing that points at a household is shown."""
    folder = form.parent / "two"
    liuwen("simulate", form, "-n", 2, "--to", folder)
    said = liuwen("explore", folder, "--form", form, "--to", form.parent / "needs.html")
    assert said.status == 0 and "<5" in said.out and "%" not in said.out


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_leaves_forms_answers_tables_notebook_and_page(liuwen, tmp_path: Path, language: str) -> None:
    """The main job, in both languages."""
    said = liuwen("demo", "--to", tmp_path, "-n", 40, "--lang", language)
    assert said.status == 0, said.err
    assert {"forms", "demo-store", "tables", "needs_by_village.html", "needs_by_village.ipynb"} <= {
        one.name for one in tmp_path.iterdir()
    }
    assert len(list(Store(tmp_path / "demo-store").submissions("household_interview"))) == 40
    notebook = nbformat.read(tmp_path / "needs_by_village.ipynb", as_version=4)
    assert all(cell.get("execution_count") for cell in notebook.cells if cell.cell_type == "code")
    assert "widgets" not in notebook.metadata
    assert "uuid:" not in str(notebook), "no row of a household is saved"
    pages = tmp_path / "ledger" / "2026-09"
    assert {"index.html", "boards/town.pdf", "boards/village_board-V02.html", "desk/agenda.html", "desk/ledger.xlsx"} <= {
        str(file.relative_to(pages)) for file in pages.rglob("*") if file.is_file()
    }
    title = "村口路灯不亮" if language == "zh" else "Lamp at the village gate is dark"
    board = (pages / "boards" / "village_board-V02.html").read_text(encoding="utf-8")
    assert title in board and ("已办结，等待反馈" if language == "zh" else "done, answers still owed") in board
    assert said.out.splitlines()[-1] == f"jupyter lab {tmp_path / 'needs_by_village.ipynb'}"


def test_a_store_is_loaded_and_explored_by_its_folder(liuwen, form: Path, filled: Path) -> None:
    """What a server took in, like any other answers."""
    store = Store(form.parent / "town")
    store.publish(read_form(form))
    with store:
        for file in sorted(filled.iterdir()):
            store.receive(file.read_bytes())
    assert json.loads(liuwen("load", store.folder, "--form", form, "--json").out)["tables"][0]["rows"] == 60
    assert "North" in liuwen("explore", store.folder, "--form", form).out
