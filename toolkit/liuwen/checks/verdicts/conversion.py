"""pyxform's verdict and JavaRosa's, each remark with the cell it speaks of and in both languages.

Both are asked inside the engine's worker process, bounded in time and memory, while the rules run here.
"""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Finding, Severity
from liuwen.checks.verdicts.javarosa_words import is_own_choice_label, javarosa_place, javarosa_sentence
from liuwen.checks.verdicts.pyxform_places import pyxform_place
from liuwen.checks.verdicts.pyxform_words import FELL_OVER, FELL_OVER_ALONE, is_advice, pyxform_sentence
from liuwen.checks.verdicts.thinned_lists import with_thinned_lists
from liuwen.engine import Verdict, engine
from liuwen.errors import ConversionError, EngineError
from liuwen.form.model import Form
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

SECONDS = 60.0
"""How long a form may keep pyxform and JavaRosa busy before that is itself a finding."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The messages of pyxform and JavaRosa; `verdict` is None if there was no XForm to load."""

    refused: str
    warnings: tuple[str, ...]
    verdict: Verdict | None
    gave_up: Sentence | None = None


def conversion_findings(facts: Facts, seconds: float = SECONDS) -> Callable[[bool], Iterator[Finding]]:
    """Start both at once; the function returned gives their findings, and is told whether a rule has found an error already."""
    waiting = _pool.submit(_ask_in_short, facts.form, with_thinned_lists(facts), seconds)
    return lambda explained: _findings(facts, waiting, explained=explained)


_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="liuwen-check")


def _ask_in_short(form: Form, thinned: Form, seconds: float) -> Outside:
    """Ask about the form with few choices; ask about all of them only if a message may concern a choice."""
    said = _ask(thinned, seconds)
    settled = thinned is form or said.gave_up is not None or _speaks_of_the_survey_alone(said)
    return said if settled else _ask(form, seconds)


def _speaks_of_the_survey_alone(said: Outside) -> bool:
    passed = said.verdict is not None and not said.verdict.errors and not said.verdict.warnings
    return passed and not any("choice" in each.lower() or "list" in each.lower() for each in said.warnings)


def _ask(form: Form, seconds: float) -> Outside:
    try:
        return engine().call(judged, form, timeout=seconds)
    except EngineError as fault:
        return Outside("", (), None, fault.sentence)


def judged(form: Form) -> Outside:
    """Inside the worker: convert the form, and let ODK Validate judge what came out."""
    from liuwen.engine.validation import judge
    from liuwen.form.formats.xform import to_xform

    gc.disable()  # the worker looks for garbage, and enables this again, once it has answered
    try:
        xform = to_xform(form)
    except ConversionError as fault:
        return Outside(fault.detail or fault.sentence.en, (), None)
    finally:
        gc.freeze()  # nor does Java have it looked through meanwhile
    itemsets = {"itemsets.csv": xform.itemsets.encode()} if xform.itemsets else {}
    return Outside("", xform.warnings, judge(xform.xml, {**form.media, **itemsets}))


def _findings(facts: Facts, waiting: "Future[Outside]", *, explained: bool) -> Iterator[Finding]:
    outside = waiting.result()
    if outside.gave_up:
        yield Finding("error", "javarosa", Place(""), outside.gave_up)
    if outside.refused:
        refusal = _from_pyxform(facts, "error", outside.refused)
        if refusal.sentence is FELL_OVER and not explained:
            refusal = replace(refusal, sentence=FELL_OVER_ALONE.filled(said=outside.refused))
        yield refusal
    for said in outside.warnings:
        yield _from_pyxform(facts, "note" if is_advice(said) else "warning", said)
    if outside.verdict:
        for said in outside.verdict.errors:
            yield _from_javarosa(facts, "error", said)
        for said in outside.verdict.warnings:
            if not is_own_choice_label(facts, said):
                yield _from_javarosa(facts, "warning", said)


def _from_pyxform(facts: Facts, severity: Severity, said: str) -> Finding:
    return Finding(severity, "pyxform", pyxform_place(facts, said), pyxform_sentence(said))


def _from_javarosa(facts: Facts, severity: Severity, said: str) -> Finding:
    return Finding(severity, "javarosa", javarosa_place(facts, said), javarosa_sentence(said))
