"""The words: Chinese and English each with their own punctuation, and one name for each thing."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "toolkit" / "liuwen"
HAN = "[\u4e00-\u9fff]"
STRAIGHT = re.compile(rf"{HAN}[\"']|[\"']{HAN}|[\"']\{{\w+\}}[\"'](?={HAN})|(?<={HAN})[\"']\{{")
HALF_WIDTH = re.compile(rf"{HAN}[,;:!?]|[,;:!?]{HAN}")
FULL_WIDTH = re.compile("[，。；：、！？（）]")
OLD_WORDS = re.compile(
    r"\b(anew|thereof|wherein|in vain|will not do|is no [a-z]+ that|gives away|let_go|in_vain)\b", re.IGNORECASE
)
"""Old-fashioned turns and names that have been replaced."""

RIDDLES = re.compile(
    r"\b(anew|thereof|wherein|whereof|in vain|to be had|gives? how many|where there (?:is|are) none|[Nn]one where|"
    r"that (?:is|are) none|what is no |is no [a-z]+ that|bears? (?:the|its|their|no|an?|it)\b|(?:is|are) told (?:by|of|apart)|"
    r"is said (?:so|of)|so many of|stands? (?:beside|there|at its)|is there already|it (?:spells|names) none|"
    r"in silence|cannot be told|(?:is|are) said|(?<!there )(?:is|are) none)\b"
)
"""Inverted and old-fashioned phrases of docstrings and comments, each replaced by a plain one."""

RIDDLING_NAMES = re.compile(
    r"^test_(?:what|who|whoever)_|_(?:is|are)_no_|_that_is_none|_is_none$|"
    r"_(?:is|are|and|be)_said|_said_once|_(?:is|are|be|or)_told|_told_apart|_bears?_|_anew\b|_to_be_had|_stands?_(?:in|beside|there)|_comes?_back|_of_before|_of_ones_own|_gives_up"
)
"""Names of tests and functions that do not say what must hold."""

ROOMS = ("", *sorted({path.parent.name for base in (PACKAGE, ROOT / "tests") for path in base.glob("*/*.py")}))
"""Every room of the package and of the tests; "" for the modules outside the rooms."""


def texts(side: str) -> Iterator[tuple[str, str]]:
    """The location of each literal text of a `Sentence`, and the text in one language."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                for keyword in node.keywords:
                    if keyword.arg == side and isinstance(keyword.value, ast.Constant):
                        yield f"{path.relative_to(PACKAGE)}:{keyword.value.lineno}", keyword.value.value


def without_code(text: str) -> str:
    """A text without its code: between backticks, an expression such as selected(...), a command's option."""
    return re.sub(r"`[^`]*`|\w+\([^（）]*?\)+|\$\{\{.*?\}\}|--[\w-]+ \S+", "", text)


def test_chinese_sentences_have_full_width_quotes() -> None:
    """No straight quote is next to a Chinese character."""
    assert not [(where, text) for where, text in texts("zh") if STRAIGHT.search(without_code(text))]


def test_chinese_sentences_have_full_width_punctuation() -> None:
    """No English comma, semicolon, colon, exclamation or question mark is next to a Chinese character."""
    assert not [(where, text) for where, text in texts("zh") if HALF_WIDTH.search(without_code(text))]


def test_english_sentences_have_english_punctuation() -> None:
    """English sentences contain no Chinese punctuation."""
    assert not [(where, text) for where, text in texts("en") if FULL_WIDTH.search(text)]


def test_english_sentences_have_no_old_fashioned_turns() -> None:
    """Words that the style guide replaces do not come back."""
    assert not [(where, text) for where, text in texts("en") if OLD_WORDS.search(text)]


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Each line of the docstrings and comments of a module, with its number; examples are left out."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines = enumerate(node.value.value.splitlines(), node.lineno)
            yield from ((number, line) for number, line in lines if not line.lstrip().startswith((">>>", "...")))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def names(path: Path) -> Iterator[tuple[int, str]]:
    """The names of the functions and classes of a module, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room or "outside the rooms")
def test_docstrings_comments_and_names_are_plain(room: str) -> None:
    """Neither the package nor its tests contain phrases and names that the guide replaces."""
    modules = [path for base in (PACKAGE, ROOT / "tests") for path in sorted(base.glob(f"{room}/**/*.py" if room else "*.py"))]
    assert modules
    found = [
        f"{path.relative_to(ROOT)}:{number}: {text.strip()}"
        for path in modules
        for pattern, texts in ((RIDDLES, prose(path)), (RIDDLING_NAMES, names(path)))
        for number, text in texts
        if pattern.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (RIDDLES, "The number of a text; None where it spells none."),
        (RIDDLES, "A text that is none is refused."),
        (RIDDLES, "Process what waits; gives how many."),
        (RIDDLES, "Nothing is to be had of it."),
        (RIDDLES, "The list is written anew."),
        (RIDDLES, "A day that cannot be told is left out, in silence."),
        (RIDDLES, "Raise an error where the month is none."),
        (RIDDLING_NAMES, "test_what_is_no_form_is_refused"),
        (RIDDLING_NAMES, "test_a_wrong_password_is_said_and_never_shown"),
        (RIDDLING_NAMES, "test_a_store_of_before_opens"),
    ],
)
def test_riddles_are_found(pattern: re.Pattern[str], text: str) -> None:
    """Each kind of phrase is found."""
    assert pattern.search(text)


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "zh").rglob("*.md")), ids=lambda page: page.stem)
def test_chinese_pages_have_chinese_punctuation(page: Path) -> None:
    """As in sentences; code is left out."""
    prose = re.sub(r"^```.*?^```|^:::.*?^:::", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert not HALF_WIDTH.findall(without_code(prose))
    assert not STRAIGHT.findall(without_code(prose))


@pytest.mark.parametrize(
    "fault",
    ['没有名为"表"的列', "列,行", "没有：{name}；see、this", "'{name}'没有选项"],
    ids=["quote", "comma", "listing", "place"],
)
def test_the_patterns_find_faults(fault: str) -> None:
    """Each kind of fault is found."""
    assert STRAIGHT.search(fault) or HALF_WIDTH.search(fault) or FULL_WIDTH.search(fault)


def test_the_guide_names_the_rooms_in_the_order_of_the_contract() -> None:
    """CONTRIBUTING.md and import-linter's contract list the same rooms, from the bottom up."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    named = re.search(r"    garbage < [\w <\n]+", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert named
    assert named[0].replace("<", " ").split() == [room for room in reversed(contract["layers"]) if not room.startswith("(")]
