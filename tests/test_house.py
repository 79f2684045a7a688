"""The house as a whole: rooms in order, style, types, a light front door, nothing that should not be in it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp
import pytest

import liuwen
from liuwen.messages import use_language

ROOT = Path(__file__).parent.parent
PUBLIC = [
    "Central",
    "Form",
    "Kobo",
    "Report",
    "Responses",
    "Store",
    "SurveyDesign",
    "__version__",
    "build_form",
    "builder",
    "check",
    "compare",
    "coverage",
    "crosstab",
    "explore",
    "interview",
    "k_anonymity",
    "load_to_parquet",
    "means",
    "needs",
    "new_keys",
    "preview",
    "print_form",
    "quality",
    "questionnaires",
    "read_campaign",
    "read_form",
    "read_responses",
    "report",
    "sample",
    "satisfaction",
    "serve",
    "set_language",
    "shares",
    "simulate",
    "small_areas",
    "try_story",
    "words",
]
HEAVY = ("pandas", "pyxform", "jpype", "plotly", "lxml", "ipywidgets", "numpy", "rich", "click")


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment, or of the machine, in the project's root."""
    beside = Path(sys.executable).parent / program
    command = [str(beside) if beside.exists() else program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def circles(imports: Mapping[str, set[str]]) -> Iterator[set[str]]:
    """The groups of modules that reach each other, each module of a group through the others."""
    reached = {module: _reach(imports, module) for module in imports}
    seen: set[str] = set()
    for module in sorted(imports):
        circle = {other for other in reached[module] if module in reached.get(other, ())} | {module}
        if len(circle) > 1 and module not in seen:
            seen |= circle
            yield circle


def _reach(imports: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for module in imports.get(waiting.pop(), set()) - found:
            found.add(module)
            waiting.append(module)
    return found


def tracked_files() -> list[str]:
    return run("git", "ls-files").stdout.splitlines()


def test_the_public_names() -> None:
    """The public surface is small, and changes only on purpose."""
    assert liuwen.__all__ == PUBLIC
    assert all(getattr(liuwen, name) is not None for name in PUBLIC)


def test_a_verb_stays_a_verb_when_its_room_is_imported() -> None:
    """`lw.check` is the function, whichever was imported first."""
    code = "import liuwen.checks, liuwen.checks.report, liuwen as lw; assert callable(lw.check), lw.check"
    assert run(sys.executable, "-c", code).returncode == 0


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("from liuwen.collect.sources import Central", "lw.Central"),
        ("from liuwen.collect import Store", "lw.Store"),
        ("import liuwen.check", "liuwen.checks"),
        ("from liuwen.simulate import submissions", "liuwen.simulation"),
        ("from liuwen.explore import page", "liuwen.explorers"),
        ("from liuwen.form import compare", "lw.compare"),
    ],
)
def test_a_former_name_reports_its_new_name(written: str, named: str) -> None:
    """In both languages."""
    for language in ("zh", "en"):
        with use_language(language), pytest.raises(ImportError) as refused:
            exec(written)
        assert named in str(refused.value)


def test_a_former_function_still_works() -> None:
    """`choose_language` is `set_language` now."""
    assert liuwen.choose_language is liuwen.set_language


def test_importing_liuwen_loads_nothing_heavy() -> None:
    """Start-up counts: each heavy part waits for its first use."""
    code = f"import sys, liuwen; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_the_command_imports_only_what_is_asked_for() -> None:
    """A check of a form loads no tables, and the other sub-commands wait too."""
    heavy = ("pandas", "numpy", "openpyxl", "pyxform", "jpype", "liuwen.cli.demo")
    got = "from liuwen.cli.command import root; root().get_command(None, 'check')"
    code = f"import sys; {got}; print([name for name in {heavy!r} if name in sys.modules])"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_a_ledger_loads_no_other_tables_than_its_own() -> None:
    """A command on a campaign waits for neither the rules of forms, the loader, nor the figures of surveys."""
    heavy = (
        "liuwen.checks.rules",
        "liuwen.responses",
        "liuwen.analysis",
        "liuwen.form",
        "narwhals",
        "plotly",
        "typst",
        "holidays",
    )
    code = f"import sys, liuwen.campaign; print([name for name in {heavy!r} if name in sys.modules])"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_a_room_imports_only_rooms_below_it() -> None:
    """import-linter holds the order of the rooms."""
    result = run("lint-imports", "--no-cache")
    assert result.returncode == 0, result.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not within a room either; an import for the type checker alone makes no circle."""
    graph = grimp.build_graph("liuwen", exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert not list(circles(imports))


def test_a_circle_would_be_found() -> None:
    """The search finds a circle of three, and nothing in code without circles."""
    assert list(circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == [{"a", "b", "c"}]
    assert not list(circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}))


def test_a_class_name_means_one_thing() -> None:
    """No two public classes of the package share a name."""
    places: dict[str, list[str]] = {}
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not {name: where for name, where in places.items() if len(where) > 1}


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
