"""The pages of made-up households led through the interview."""

import re
from pathlib import Path

import pytest

from liuwen.questionnaires.walk_pages import pages

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages()


def test_the_pages_are_current(made: dict[str, str]):
    """If this fails, call `liuwen.questionnaires.walk_pages.write` with the folder `docs`."""
    for name, text in made.items():
        assert (DOCS / name).read_text(encoding="utf-8") == text


def test_each_page_speaks_one_language(made: dict[str, str]):
    """The answers too."""
    assert not re.search(r"[\u3400-\u9fff]", made["questionnaire-walks.md"])
    assert "What difficulties" not in made["questionnaire-walks.zh-CN.md"]


def test_nothing_that_cannot_concern_a_household_is_asked_of_it(made: dict[str, str]):
    """The old couple hears nothing of school; at the closed door nothing is asked."""
    couple, family, _, nobody = made["questionnaire-walks.md"].split("\n## ")[1:]
    assert "`school_difficulties`" in family
    assert "`school_difficulties`" not in couple
    assert "`consent`" not in nobody
