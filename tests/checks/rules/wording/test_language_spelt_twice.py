"""One language that headers spell in two ways."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label::English (en) | constraint_message::English (en) | hint::{language} |
| | integer | a | Age | No | in years |
"""


@pytest.mark.parametrize("language", ["english (en)", "English(en)", "ENGLISH (en)", "English", "English  (en)"])
def test_the_rarer_spelling_is_to_be_renamed(found: Found, words: Words, language: str) -> None:
    """Once, at its header; missing translations of the confused language are not counted besides."""
    form = SURVEY.format(language=language)
    spelt = " ".join(language.split())
    assert found("language-spelt-twice", form) == [("error", 1, f"hint::{spelt}")] or language != spelt
    assert found("missing-translation", form) == []
    assert all("hint::English (en)" in said for said in words("language-spelt-twice", form))


def test_the_same_code_is_doubtful(found: Found) -> None:
    """A warning: the code may be what is wrong."""
    assert found("language-spelt-twice", SURVEY.format(language="Anglais (en)")) == [("warning", 1, "hint::Anglais (en)")]


@pytest.mark.parametrize("language", ["English (en-GB)", "en"])
def test_a_code_that_says_more_or_stands_alone(found: Found, language: str) -> None:
    """Probably the same language."""
    form = SURVEY.format(language=language)
    assert found("language-spelt-twice", form) == [("warning", 1, f"hint::{language}")]


def test_two_languages_are_two(found: Found) -> None:
    """Of different names and codes."""
    assert found("language-spelt-twice", SURVEY.format(language="中文 (zh)")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中文 (zh-Hans)", "中文 (zh-Hant)"),
        ("Serbian (sr-Latn)", "Serbian (sr-Cyrl)"),
        ("Chinese (Simplified)", "Chinese (Traditional)"),
    ],
)
def test_two_scripts_of_one_language_are_two(found: Found, one: str, other: str) -> None:
    """Told apart by the code, or by what else stands in brackets."""
    form = SURVEY.replace("English (en)", one).format(language=other)
    assert found("language-spelt-twice", form) == []
