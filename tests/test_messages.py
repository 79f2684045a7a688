"""Everything a user sees exists twice: in Chinese and in English."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from liuwen.messages import Sentence, language_in_force, use_language

PACKAGE = Path(__file__).parent.parent / "toolkit" / "liuwen"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences() -> Iterator[tuple[str, str | None, str | None]]:
    """Where each `Sentence(...)` of the package stands, and its two texts as far as they are literal."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                literal = {name: value.value for name, value in given.items() if isinstance(value, ast.Constant)}
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", literal.get("zh"), literal.get("en")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_sentences_to_look_at() -> None:
    """The search finds what it looks for."""
    assert len(list(sentences())) > 30


def test_every_sentence_has_its_twin() -> None:
    """No text is empty, and the Chinese one is Chinese."""
    said = [one for one in sentences() if one[1] is not None and one[2] is not None]
    assert not [where for where, zh, en in said if not zh.strip() or not en.strip()]
    assert not [where for where, zh, _ in said if len(places(zh)) == 0 and len(zh) > 12 and not CHINESE.search(zh)]
    assert not [where for where, _, en in said if CHINESE.search(en)]


def test_twins_tell_the_same() -> None:
    """Both texts fill the same places."""
    assert not [where for where, zh, en in sentences() if zh is not None and en is not None and places(zh) != places(en)]


@pytest.mark.parametrize(
    ("locale", "language"), [("zh_CN.UTF-8", "zh"), ("zh_TW", "zh"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "en"), ("fr_FR", "en")]
)
def test_the_locale_chooses_the_language(locale: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese in a Chinese locale, English elsewhere."""
    monkeypatch.setenv("LC_ALL", locale)
    assert language_in_force() == language


def test_a_nested_sentence_uses_the_same_language() -> None:
    """Filling a place with a sentence keeps both languages apart."""
    inner = Sentence(zh="问题", en="question")
    outer = Sentence(zh="这是{what}", en="this is a {what}").filled(what=inner)
    with use_language("zh"):
        assert str(outer) == "这是问题"
    with use_language("en"):
        assert str(outer) == "this is a question"
