"""A name or telephone asked before consent."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.checks.vocabulary import IDENTIFYING, NOT_THE_RESPONDENT, spoken
from liuwen.messages import Sentence

TOO_EARLY = Sentence(
    zh="“{name}”能认出人，却在征求同意（第 {row} 行）之前就问：请移到后面。",
    en="“{name}” identifies a person but is asked before consent (row {row}); move it after that.",
)


def identifying_before_consent(facts: Facts) -> Iterator[Fault]:
    """Names of visitors, villages and clinics are not the respondent's."""
    for element in facts.asked if facts.consent else ():
        said = (
            f"{spoken(element.name)} {' '.join(element.wordings['label'].texts.values()) if 'label' in element.wordings else ''}"
        )
        identifies = (
            element.type in {"text", "integer", "image"} and IDENTIFYING.search(said) and not NOT_THE_RESPONDENT.search(said)
        )
        if facts.consent and element.row < facts.consent.row and identifies:
            yield warning(facts.at(element, "label"), TOO_EARLY.filled(name=element.name, row=facts.consent.row))
