"""Forms as Markdown, and what the rules say of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from liuwen.checks.checking import rule_findings
from liuwen.checks.facts import Facts
from liuwen.form import Form, read_form

Said = list[tuple[str, int | None, str | None]]


@pytest.fixture
def form_of() -> Callable[..., Form]:
    """A form from Markdown; `media` are files beside it."""

    def form(markdown: str, media: dict[str, bytes] | None = None) -> Form:
        return replace(read_form(markdown.encode()), media=media or {})

    return form


@pytest.fixture
def found(form_of: Callable[..., Form]) -> Callable[..., Said]:
    """What one rule finds in a form: severity, row and column of each finding."""

    def said(rule: str, markdown: str, media: dict[str, bytes] | None = None) -> Said:
        findings = rule_findings(Facts(form_of(markdown, media)))
        return [(f.severity, f.place.row, f.place.column) for f in findings if f.rule == rule]

    return said


@pytest.fixture
def words(form_of: Callable[..., Form]) -> Callable[..., list[str]]:
    """What one rule says, in English."""

    def said(rule: str, markdown: str) -> list[str]:
        return [f.sentence.in_language("en") for f in rule_findings(Facts(form_of(markdown))) if f.rule == rule]

    return said
