"""The findings of a report in reading order: errors first, and repeated findings under one heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liuwen.checks.findings import SEVERITIES, Finding, place_in_words
from liuwen.messages import Sentence

_FEW = 3
_ERRORS = 10
"""How many findings of one kind are shown one by one; errors are worth more lines."""
_PLACES = 5
MORE = Sentence(
    zh="… [{rule}] 还有 {count} 处同类，如 {places}。全部列出：--rule {rule}。",
    en="… [{rule}] {count} more of this kind, such as {places}. List them all: --rule {rule}.",
)


@dataclass(frozen=True, slots=True)
class More:
    """What is left out: so many findings of one rule, and the first of their places."""

    rule: str
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        first = [place_in_words(finding.place) for finding in self.findings[:_PLACES]]
        places = Sentence(zh="、".join(place.zh for place in first), en="; ".join(place.en for place in first))
        return str(MORE.filled(rule=self.rule, count=len(self.findings), places=places))


def grouped(findings: Sequence[Finding]) -> Iterator[Finding | More]:
    """Errors, then warnings, then notes; within each by rule, in the order of their first places.

    Of a rule that speaks many times, the first few findings are given, and then how many more there are and where.
    """
    for severity in SEVERITIES:
        kinds: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.severity == severity:
                kinds.setdefault(finding.rule, []).append(finding)
        shown = _ERRORS if severity == "error" else _FEW
        for rule, found in kinds.items():
            few = found if len(found) <= shown + 1 else found[:shown]
            yield from few
            if len(few) < len(found):
                yield More(rule, tuple(found[len(few) :]))
