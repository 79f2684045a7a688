"""Every fault of the benchmark is found at its very cell, and the sound form is found sound."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from liuwen.checks import check
from liuwen.checks.checking import rule_findings
from liuwen.checks.facts import Facts
from liuwen.checks.findings import Finding
from liuwen.form import Form, read_form

FOLDER = Path(__file__).parents[2] / "benchmarks" / "seeded_faults"


def seeded() -> ModuleType:
    """The benchmark's list of faults."""
    spec = importlib.util.spec_from_file_location("seeded_faults", FOLDER / "faults.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FAULTS = [fault for faults in seeded().PARTS.values() for fault in faults]


@cache
def sound() -> Form:
    """The form that the faults are sown in."""
    return read_form(FOLDER / "base.md")


def test_the_page_lists_every_fault() -> None:
    """If this fails, run `benchmarks/seeded_faults/run.py`."""
    page = (FOLDER.parents[1] / "docs" / "faults.md").read_text(encoding="utf-8")
    assert f"\n{len(FAULTS)} faults were sown" in page
    assert [fault.en for fault in FAULTS if f"| {fault.en} {fault.zh} |".replace("${", "\\${") not in page] == []


def test_the_sound_form_is_sound() -> None:
    """Neither the rules nor pyxform nor JavaRosa report anything."""
    assert check(sound()).all == ()


def test_there_are_many() -> None:
    """At least sixty."""
    assert len(FAULTS) >= 60


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.en for fault in FAULTS])
def test_a_fault_is_found_where_it_is(fault: tuple[object, ...]) -> None:
    """The rules alone find it, whatever pyxform and JavaRosa may say."""
    form = fault.edit(sound())  # type: ignore[attr-defined]
    found: list[Finding] = list(rule_findings(Facts(form)))
    assert fault.place in [finding.place for finding in found]  # type: ignore[attr-defined]


def test_each_fault_has_its_recorded_message() -> None:
    """As recorded in `said.txt`: no message shows a name in place of its list, row or meaning. Update it when messages change."""
    told = {
        f"{finding.rule}: {finding.sentence.in_language('en')}"
        for fault in FAULTS
        for finding in rule_findings(Facts(fault.edit(sound())))
        if finding.place == fault.place
    }
    assert sorted(told) == (Path(__file__).parent / "said.txt").read_text(encoding="utf-8").splitlines()
