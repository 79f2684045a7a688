"""The house as a whole: rooms in order, style, types, a light front door, nothing that should not be in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import liuwen

ROOT = Path(__file__).parent.parent
PUBLIC = [
    "Form",
    "Report",
    "Responses",
    "Store",
    "check",
    "choose_language",
    "compare",
    "coverage",
    "explore",
    "interview",
    "needs",
    "preview",
    "questionnaires",
    "read_campaign",
    "read_form",
    "read_responses",
    "serve",
    "simulate",
    "try_story",
]
HEAVY = ("pandas", "pyxform", "jpype", "plotly", "lxml", "ipywidgets", "numpy", "rich", "click")


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment, or of the machine, in the project's root."""
    beside = Path(sys.executable).parent / program
    command = [str(beside) if beside.exists() else program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tracked_files() -> list[str]:
    return run("git", "ls-files").stdout.splitlines()


def test_the_public_names() -> None:
    """The public surface is small, and changes only on purpose."""
    assert liuwen.__all__ == PUBLIC
    assert all(getattr(liuwen, name) is not None for name in PUBLIC)


def test_a_verb_stays_a_verb_when_its_room_is_imported() -> None:
    """`lw.check` is the function, whichever was imported first."""
    code = "import liuwen.check, liuwen.check.report, liuwen as lw; assert callable(lw.check), lw.check"
    assert run(sys.executable, "-c", code).returncode == 0


def test_importing_liuwen_loads_nothing_heavy() -> None:
    """Start-up counts: each heavy part waits for its first use."""
    code = f"import sys, liuwen; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_a_room_imports_only_rooms_below_it() -> None:
    """import-linter holds the order of the rooms."""
    result = run("lint-imports", "--no-cache")
    assert result.returncode == 0, result.stdout


def test_style() -> None:
    """ruff finds nothing, and would reformat nothing."""
    assert run("ruff", "check", ".").stdout.strip() == "All checks passed!"
    assert run("ruff", "format", "--check", ".").returncode == 0


@pytest.mark.slow
def test_types() -> None:
    """mypy in strict mode finds nothing."""
    result = run("mypy")
    assert result.returncode == 0, result.stdout


def test_nothing_names_a_machine_or_a_registry() -> None:
    """No absolute path of a machine, and no package registry's host, stands in any file."""
    forbidden = re.compile(r"/wor" + r"k/|[\s\"'=]/(home|root)/|py" + r"pi\.org|registry\.np" + r"mjs\.org|python" + r"hosted")
    texts = {
        name: (ROOT / name).read_text(encoding="utf-8", errors="ignore")
        for name in tracked_files()
        if Path(ROOT / name).is_file()
    }
    assert not [name for name, text in texts.items() if forbidden.search(text) and not name.endswith((".xlsx", ".png"))]


def test_every_dependency_says_why() -> None:
    """Each line of the dependency lists carries its reason."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|lab|test) = \[\n(.*?)^\]", text, flags=re.M | re.S)
    lines = [line for block in lists for line in block.splitlines() if line.strip().startswith('"')]
    assert len(lines) > 10
    assert not [line for line in lines if "#" not in line and "liuwen[" not in line]
