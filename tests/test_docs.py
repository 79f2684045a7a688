"""What the documents say is run: every command and every example of the README, in order, and every notebook."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(bash|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUIET = ["--log-level=ERROR"]
TASKS = ("design", "check", "simulate", "compare", "collect", "office", "central-kobo", "load", "explore")
HANG = 600
"""Seconds after which a kernel that has not answered will not; nothing is asserted of how long a notebook takes."""
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def blocks(document: str) -> list[tuple[str, str]]:
    """The language and text of each block of code."""
    return BLOCK.findall((ROOT / document).read_text(encoding="utf-8"))


def quick_start() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.partition("<!-- quick start -->")[2].partition("<!-- end of quick start -->")[0]


def test_the_quick_start_is_two_commands() -> None:
    """One command runs the main job, one passes the tests."""
    (_, commands), *others = BLOCK.findall(quick_start().strip() + "\n")
    assert not others
    assert len(commands.strip().splitlines()) == 2


def test_the_quick_start_installs_what_opens_its_notebook() -> None:
    """JupyterLab comes with the first command, not with another one afterwards; the base install stays without it."""
    first = quick_start().partition("```bash\n")[2].splitlines()[0]
    assert first == 'pip install ".[lab]" && liuwen demo --to out'
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(line.startswith("jupyterlab") for line in project["optional-dependencies"]["lab"])
    assert not any(line.startswith("jupyterlab") for line in project["dependencies"])


def test_both_readmes_show_the_same_code() -> None:
    """The Chinese README differs in its sentences only."""
    assert blocks("README.zh-CN.md") == blocks("README.md")


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder that has the published forms, with this environment's commands."""
    (folder / "forms").symlink_to(ROOT / "forms", target_is_directory=True)
    (folder / "out").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def run_blocks(document: str, names: dict[str, object], skip: str = "") -> None:
    """Run the blocks of a document in order; those in Python share `names`."""
    for language, code in blocks(document):
        if code in skip:
            continue
        if language == "bash":
            subprocess.run(["bash", "-euo", "pipefail", "-c", code], check=True)
        else:
            exec(compile(code, document, "exec"), names)


@pytest.mark.slow
def test_the_readme_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block after the quick start does what it says, in the order a reader meets them."""
    enter(tmp_path, monkeypatch)
    run_blocks("README.md", {}, skip=quick_start())


@pytest.mark.slow
def test_the_start_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its example in Python works as it stands."""
    enter(tmp_path, monkeypatch)
    run_blocks("docs/start.md", {})


@pytest.mark.slow
def test_the_task_pages_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block does what its page says; a page may use what the pages before it made."""
    enter(tmp_path, monkeypatch)
    names: dict[str, object] = {}
    for task in TASKS:
        run_blocks(f"docs/tasks/{task}.md", names)


def test_every_test_of_the_threat_model_exists() -> None:
    """Both languages name the same tests, and each is there."""
    english, chinese = (
        re.findall(r"`(\w+/\w+\.py)::(\w+)`", (ROOT / "docs" / name).read_text(encoding="utf-8"))
        for name in ("threats.md", "threats.zh-CN.md")
    )
    assert english == chinese and len(english) > 20
    for file, name in english:
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_every_task_page_is_run() -> None:
    """No page is left out of the list."""
    assert {path.stem for path in (ROOT / "docs" / "tasks").glob("*.md")} == {"index", *TASKS}


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_end(path: Path) -> None:
    """Top to bottom, without an error."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=None,
        startup_timeout=HANG,
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        extra_arguments=QUIET,
    ).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_holds_no_widget_state(path: Path) -> None:
    """Less than 200 kB, no widget state, no error among its outputs."""
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert path.stat().st_size < 200_000
    assert "widgets" not in notebook.metadata
    assert not [output for output in outputs if output.output_type == "error"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_saves_no_rows_of_people(path: Path) -> None:
    """No table in it has a row a submission: those are known by their instance IDs."""
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if "uuid:" in str(output.get("data", ""))]
