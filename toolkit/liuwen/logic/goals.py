"""What a question's answer must be like for something else to happen, and what cannot be had at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from liuwen.logic.days import day_of
from liuwen.messages import Sentence

TWO_VALUES = Sentence(
    zh="“{name}”不能同时是“{one}”和“{other}”",
    en="'{name}' cannot be '{one}' and '{other}' at the same time",
)
NOT_ITSELF = Sentence(
    zh="“{name}”既要选“{one}”又不能选它",
    en="'{name}' would have to include '{one}' and not include it",
)
NO_NUMBER = Sentence(
    zh="“{name}”要不小于 {low:.15g} 又不大于 {high:.15g}，没有这样的数",
    en="'{name}' would have to be at least {low:.15g} and at most {high:.15g}",
)
NO_DAY = Sentence(
    zh="“{name}”要不早于 {low} 又不晚于 {high}，没有这样的日子",
    en="'{name}' would have to be no earlier than {low} and no later than {high}",
)
ANSWERED_AND_NOT = Sentence(
    zh="“{name}”既要回答又不能回答",
    en="'{name}' would have to be answered and be blank",
)


class Conflict(Exception):  # noqa: N818  # a way that is closed, not a mistake
    """Goals that no answers can meet; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Goal:
    """What the answer to one question must be like; a default says nothing."""

    equal: str | None = None
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    low: float | None = None
    high: float | None = None
    answered: bool | None = None
    fewest: int = 0
    """Of choices taken, or of a repeat's instances."""
    most: int | None = None
    of_days: bool = False
    """Whether `low` and `high` are days since 1970."""

    def joined(self, other: "Goal", name: str) -> "Goal":
        """Both at once; raises `Conflict` where no answer is like that."""
        if self.equal is not None and other.equal is not None and self.equal != other.equal:
            raise Conflict(TWO_VALUES.filled(name=name, one=self.equal, other=other.equal))
        if self.answered is not None and other.answered is not None and self.answered != other.answered:
            raise Conflict(ANSWERED_AND_NOT.filled(name=name))
        both = Goal(
            equal=self.equal if self.equal is not None else other.equal,
            include=self.include | other.include,
            exclude=self.exclude | other.exclude,
            low=_extreme(max, self.low, other.low),
            high=_extreme(min, self.high, other.high),
            answered=self.answered if self.answered is not None else other.answered,
            fewest=max(self.fewest, other.fewest),
            most=_fewest(self.most, other.most),
            of_days=self.of_days or other.of_days,
        )
        both.check(name)
        return both

    def check(self, name: str) -> None:
        """Raise `Conflict` where no answer at all is like this."""
        taken = self.include | ({self.equal} if self.equal is not None else set())
        for value in sorted(taken & self.exclude):
            raise Conflict(NOT_ITSELF.filled(name=name, one=value))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise Conflict(self._no_such_number(name, self.low, self.high))
        if self.most is not None and self.fewest > self.most:
            raise Conflict(NO_NUMBER.filled(name=name, low=self.fewest, high=self.most))
        if self.answered is False and (taken or self.low is not None or self.high is not None):
            raise Conflict(ANSWERED_AND_NOT.filled(name=name))

    def _no_such_number(self, name: str, low: float, high: float) -> Sentence:
        if self.of_days:
            return NO_DAY.filled(name=name, low=day_of(low), high=day_of(high))
        return NO_NUMBER.filled(name=name, low=low, high=high)

    @property
    def wants_answer(self) -> bool:
        """Whether a blank would not do."""
        bounded = self.low is not None or self.high is not None or self.of_days
        wanted = self.equal is not None or bool(self.include) or self.fewest > 0 or bounded
        return self.answered is not False and (wanted or self.answered is True)


Goals = Mapping[str, Goal]
"""Path of a question or repeat (without positions) → what its answer must be like."""


def joined(one: Goals, other: Goals) -> dict[str, Goal]:
    """Both sets of goals at once; raises `Conflict` where they cannot be met together."""
    both = dict(one)
    for path, goal in other.items():
        both[path] = both[path].joined(goal, path.rpartition("/")[2]) if path in both else goal
    return both


def _extreme(choose: Callable[[float, float], float], one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def _fewest(one: int | None, other: int | None) -> int | None:
    return min((each for each in (one, other) if each is not None), default=None)
