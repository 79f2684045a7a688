"""A text that is there in one language and missing in another."""

from collections.abc import Callable
from dataclasses import replace

from liuwen.checks.checking import rule_findings
from liuwen.checks.facts import Facts
from liuwen.form import Form, read_form

Words = Callable[[str, str], list[str]]
Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_cell_a_column_that_is_empty_and_a_column_that_is_not_there(found: Found, words: Words) -> None:
    """A cell, a column that is empty, and a column that is not there."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) | hint::English (en) |
| | text | a | A | 甲 | h |
| | text | b | B | | |
| choices |
| | list_name | name | label::English (en) | label::中文 (zh) |
| | l | x | X | |
| | l | y | Y | |
"""
    assert found("missing-translation", form) == [
        ("warning", 3, "label::中文 (zh)"),
        ("warning", 1, None),
        ("warning", 1, "label::中文 (zh)"),
    ]
    assert words("missing-translation", form)[-1].startswith("this column has no 中文 (zh) text at all (2 rows are blank);")


def test_a_column_without_a_language_serves_all(found: Found) -> None:
    """A column without a language serves all."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) | hint |
| | text | a | A | 甲 | 0-9 |
"""
    assert found("missing-translation", form) == []


def test_labels_never_shown_need_no_translation(found: Found) -> None:
    """A label on a calculation or on what the device fills in is a remark."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | start | start | Begin | |
| | calculate | c | C | |
| | text | a | A | 甲 |
"""
    assert found("missing-translation", form) == []


def test_an_xform_shows_its_plain_words_in_every_language() -> None:
    """Words outside the itext belong to no language; a workbook made of it has them in each."""
    xml = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title><model>'
        '<itext><translation lang="en"><text id="a"><value>A</value></text></translation>'
        '<translation lang="zh"><text id="a"><value>甲</value></text></translation></itext>'
        '<instance><data id="d"><a/><b/></data></instance></model></h:head><h:body>'
        '<input ref="/data/a"><label ref="jr:itext(\'a\')"/></input><input ref="/data/b"><label>B</label></input>'
        "</h:body></h:html>"
    )
    form = read_form(xml.encode())
    assert not missing(form)
    assert not missing(replace(form, original=None))


def missing(form: Form) -> bool:
    """Whether the rule says anything of a form."""
    return any(finding.rule == "missing-translation" for finding in rule_findings(Facts(form)))
