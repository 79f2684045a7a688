"""The words: Chinese and English each with their own punctuation, and one name for each thing."""

import ast
import re
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
    r"\b(anew|thereof|wherein|in vain|will not do|is no [a-z]+ that|gives away|let_go|in_vain|told)\b", re.IGNORECASE
)
"""Old-fashioned turns and names that have been replaced."""


def texts(side: str) -> Iterator[tuple[str, str]]:
    """Where each literal text of a `Sentence` stands, and the text in one language."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                for keyword in node.keywords:
                    if keyword.arg == side and isinstance(keyword.value, ast.Constant):
                        yield f"{path.relative_to(PACKAGE)}:{keyword.value.lineno}", keyword.value.value


def without_code(text: str) -> str:
    """A text without what is code: between backticks, an expression such as selected(...), a command's option."""
    return re.sub(r"`[^`]*`|\w+\([^（）]*?\)+|\$\{\{.*?\}\}|--[\w-]+ \S+", "", text)


def test_chinese_sentences_have_full_width_quotes() -> None:
    """No straight quote stands beside a Chinese character."""
    assert not [(where, text) for where, text in texts("zh") if STRAIGHT.search(without_code(text))]


def test_chinese_sentences_have_full_width_punctuation() -> None:
    """No comma, semicolon, colon, exclamation or question mark of English stands beside a Chinese character."""
    assert not [(where, text) for where, text in texts("zh") if HALF_WIDTH.search(without_code(text))]


def test_english_sentences_have_english_punctuation() -> None:
    """No Chinese punctuation stands in an English sentence."""
    assert not [(where, text) for where, text in texts("en") if FULL_WIDTH.search(text)]


def test_english_sentences_have_no_old_fashioned_turns() -> None:
    """Words that the style guide replaces do not come back."""
    assert not [(where, text) for where, text in texts("en") if OLD_WORDS.search(text)]


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
    named = re.search(r"    messages < [\w <\n]+", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert named
    assert named[0].replace("<", " ").split() == [room for room in reversed(contract["layers"]) if not room.startswith("(")]
