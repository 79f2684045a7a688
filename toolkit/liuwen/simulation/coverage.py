"""Which questions, choices and branches of a form respondents reach, and which nobody ever can."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from liuwen.form.display import NO_MATHEMATICS
from liuwen.form.model import Form
from liuwen.form.reading import FormLike, as_form
from liuwen.logic.days import PERIOD
from liuwen.logic.offers import ANY
from liuwen.messages import Sentence, language_in_force
from liuwen.simulation.exploring import Reached
from liuwen.simulation.filling import Job
from liuwen.simulation.searching import Search
from liuwen.simulation.simulating import settled
from liuwen.simulation.targets import Target
from liuwen.simulation.visits import VisitPlan

if TYPE_CHECKING:
    import pandas as pd

NOT_COUNTED = Sentence(zh="{path} 的选项：{reason}", en="choices of {path}: {reason}")
OUTCOMES: Mapping[str, Sentence] = {
    "asked": Sentence(zh="问到", en="asked"),
    "true": Sentence(zh="成立", en="true"),
    "false": Sentence(zh="不成立", en="false"),
    "accepted": Sentence(zh="接受", en="accepted"),
    "refused": Sentence(zh="拒绝", en="refused"),
    ANY: Sentence(zh="任何一项", en=ANY),
}
KINDS: Mapping[str, Sentence] = {
    "question": Sentence(zh="题目", en="questions"),
    "choice": Sentence(zh="选项", en="choices"),
    "relevance": Sentence(zh="显示条件", en="relevance outcomes"),
    "constraint": Sentence(zh="约束结果", en="constraint outcomes"),
    "repeat": Sentence(zh="重复次数", en="repeat counts"),
}
REACHED, CANNOT, NOT_REACHED = "reached", "cannot be reached", "not reached"
STATUS: Mapping[str, Sentence] = {
    REACHED: Sentence(zh="走到了", en="reached"),
    CANNOT: Sentence(zh="走不到", en="cannot be reached"),
    NOT_REACHED: Sentence(zh="没有走到", en="not reached"),
}
HEADLINE = Sentence(
    zh="{interviews} 份模拟访谈走到了 {reached}/{total} 处。",
    en="{interviews} simulated interviews reached {reached} of {total}.",
)
LINE = Sentence(zh="{kind}：{reached}/{total}", en="{kind}: {reached} of {total}")
MISSING = Sentence(
    zh="survey 表第 {row} 行 {path}（{what}）{status}：{reason}", en="survey row {row}, {path} ({what}) {status}: {reason}"
)
HEADINGS = (
    Sentence(zh="位置", en="where"),
    Sentence(zh="什么没有走到", en="what was not reached"),
    Sentence(zh="原因", en="why"),
)
ROW = Sentence(zh="survey 表第 {row} 行", en="survey row {row}")
_CELL = "text-align:left;vertical-align:top;white-space:normal;overflow-wrap:break-word;padding:4px 8px"
NO_REASON = Sentence(zh="试过了，没有走到，也没有证明不可能", en="not reached, but not proved to be unreachable")
_ROUNDS = 5


@dataclass(frozen=True)
class Coverage:
    """What of a form interviews have reached; it prints as a summary with everything that was not reached.

    Attributes:
        form: The form.
    """

    form: Form
    interviews: int
    """How many interviews were made."""
    _reached: Reached = field(repr=False)
    _reasons: Mapping[tuple[str, str, str], Sentence] = field(repr=False)
    _targets: tuple[Target, ...] = field(repr=False)
    not_counted: Mapping[str, Sentence] = field(default_factory=dict, repr=False)
    """Path of a select → why its choices were not counted one by one."""

    @property
    def findings(self) -> "pd.DataFrame":
        """One row for each thing that can be reached, in the order of the form.

        Columns: `kind` (question, choice, relevance, constraint, repeat), `element` (its path), `outcome` (asked; the
        value of the choice; true, false; accepted, refused; 0, 1, 2+), `times` (how often it happened), `status`
        (reached, cannot be reached, not reached), `reason` (why it cannot be reached, in the current language), `row` (in the
        survey sheet).
        """
        import pandas as pd

        columns = ["kind", "element", "outcome", "times", "status", "reason", "row"]
        return pd.DataFrame([self._row(target) for target in self._targets], columns=columns)

    def _row(self, target: Target) -> tuple[object, ...]:
        reason = self._reasons.get(target.key)
        return (*target.key, self._reached[target.key], self.status(target), str(reason) if reason else "", target.element.row)

    def status(self, target: Target) -> str:
        """The status of one target.

        Args:
            target: What was to be reached.

        Returns:
            "reached", "cannot be reached" or "not reached".
        """
        if self._reached[target.key]:
            return REACHED
        return CANNOT if target.key in self._reasons else NOT_REACHED

    @property
    def complete(self) -> bool:
        """Whether everything was reached or is proved to be unreachable."""
        return all(self.status(target) != NOT_REACHED for target in self._targets)

    @property
    def unreached(self) -> "pd.DataFrame":
        """The findings that were not reached, with the reason where one is known."""
        return self.findings[self.findings["status"] != REACHED]

    @property
    def shares(self) -> dict[str, float]:
        """Kind → share reached (0 to 1)."""
        return {kind: reached / total for kind, (reached, total) in self._counts().items()}

    def _counts(self) -> dict[str, tuple[int, int]]:
        of_kind = {kind: [target for target in self._targets if target.kind == kind] for kind in KINDS}
        return {
            kind: (sum(self.status(each) == REACHED for each in targets), len(targets))
            for kind, targets in of_kind.items()
            if targets
        }

    def _headline(self) -> Sentence:
        counts = self._counts().values()
        reached, total = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
        return HEADLINE.filled(interviews=self.interviews, reached=reached, total=total)

    def _lines(self) -> list[str]:
        counts = self._counts().items()
        return [str(LINE.filled(kind=KINDS[kind], reached=reached, total=total)) for kind, (reached, total) in counts]

    def _not_counted(self) -> list[str]:
        return [str(NOT_COUNTED.filled(path=path, reason=reason)) for path, reason in self.not_counted.items()]

    def _missing(self) -> list[tuple[Target, Sentence, Sentence]]:
        missing = [target for target in self._targets if self.status(target) != REACHED]
        return [(target, STATUS[self.status(target)], self._reasons.get(target.key, NO_REASON)) for target in missing]

    def __str__(self) -> str:
        missing = [
            f"  {MISSING.filled(**_in_words(target), status=status, reason=reason)}" for target, status, reason in self._missing()
        ]
        lines = [f"  {line}" for line in (*self._lines(), *self._not_counted())]
        return "\n".join([str(self._headline()), *lines, *missing])

    def _repr_html_(self) -> str:
        heads = "".join(f"<th style='{_CELL}'>{escape(str(said))}</th>" for said in HEADINGS)
        rows = "".join(_html_row(*missing) for missing in self._missing())
        summary = " · ".join(escape(line) for line in (*self._lines(), *self._not_counted()))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
        return f"<div class='{NO_MATHEMATICS}'><p><b>{escape(str(self._headline()))}</b><br>{summary}</p>{table}</div>"


def _html_row(target: Target, status: Sentence, reason: Sentence) -> str:
    where = f"{escape(str(ROW.filled(row=target.element.row)))}<br><code>{escape('/'.join(target.element.path))}</code>"
    cells = (where, f"{escape(_said(target))}<br>{escape(str(status))}", escape(str(reason)))
    return "<tr>" + "".join(f"<td style='{_CELL};min-width:7em'>{cell}</td>" for cell in cells) + "</tr>"


def _in_words(target: Target) -> dict[str, object]:
    return {"row": target.element.row, "path": "/".join(target.element.path), "what": _said(target)}


def _said(target: Target) -> str:
    return f"{KINDS[target.kind].zh if language_in_force() == 'zh' else target.kind} {_outcome(target)}"


def _outcome(target: Target) -> str:
    return target.outcome if target.kind in {"choice", "repeat"} and target.outcome != ANY else str(OUTCOMES[target.outcome])


def coverage(
    form: FormLike,
    n: int = 50,
    *,
    seed: int = 1,
    answers: Mapping[str, Any] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Coverage:
    r"""Find out which questions, choices, branches, constraint outcomes and repeat counts of a form can be reached.

    Random interviews come first; for what they missed, interviews follow whose answers are derived from the conditions.
    Something is reported as unreachable only if that is proved. The choices of a list count one by one up to 500;
    `Coverage.not_counted` lists the others.

    Args:
        form: The form, or the path of one.
        n: The number of random interviews.
        seed: The seed of everything random.
        answers: Fixed answers by question, as in `simulate`.
        progress: Called with the number of interviews so far.

    Returns:
        What was reached, what was not, and why.

    Raises:
        AnswerError: If `answers` names a question that the form does not ask.

    Example:
        >>> from liuwen.form import read_form
        >>> rows = b"| survey |\n| | type | name | label | relevant |\n| | integer | a | A | |\n"
        >>> found = coverage(read_form(rows + b"| | note | b | B | ${a} > 3 and ${a} < 2 |"), 5)
        >>> found.unreached["element"].tolist(), found.complete
        (['b', 'b'], True)
    """
    form = as_form(form)
    plan = VisitPlan(seed, max(n, 1), *PERIOD, 1, 0.0, 0.1)
    job = Job(form.to_xform(), dict(form.media), plan, settled(form, answers))
    search = Search(form, job, progress)
    search.by_chance(n)
    for turn in range(_ROUNDS):
        aims = search.aims(turn)
        if not aims:
            break
        search.make(aims)
    return Coverage(form, search.made, search.reached, search.reasons(), search.targets, search.not_counted())
