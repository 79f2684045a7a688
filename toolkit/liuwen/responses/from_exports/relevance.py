"""Whether a question was asked, worked out from the form's own relevance and the other answers of the row.

Only what an export can answer for certain is worked out; what depends on the phone, and on answers whose column is missing, gives
"unknown".
"""

from collections.abc import Mapping

from liuwen.expressions import ExpressionError, Named, try_parse, walk
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import Scalar, as_truth


class ExportCondition:
    """One relevance expression, ready to be put to many rows; like answers are worked out once."""

    def __init__(self, text: str) -> None:
        parsed = try_parse(text)
        self._tree = None if isinstance(parsed, ExpressionError) else parsed
        named = walk(self._tree) if self._tree else ()
        self.names = tuple(dict.fromkeys(part.name for part in named if isinstance(part, Named)))
        """The names of the questions that it refers to."""
        self._worked_out: dict[tuple[Scalar | None, ...], bool | None] = {}

    def holds(self, answers: tuple[Scalar | None, ...]) -> bool | None:
        """Whether it holds for the answers to `names` (None: not available); None if undecided."""
        if answers not in self._worked_out:
            self._worked_out[answers] = self._work_out(dict(zip(self.names, answers, strict=True)))
        return self._worked_out[answers]

    def _work_out(self, answers: Mapping[str, Scalar | None]) -> bool | None:
        def lookup(name: str) -> Scalar:
            answer = answers.get(name)
            if answer is None:
                raise UnknownError
            return answer

        try:
            return as_truth(evaluate(self._tree, lookup)) if self._tree else None
        except UnknownError:
            return None
