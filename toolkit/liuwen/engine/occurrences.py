"""Inside the worker: the places in the instance where a node of the form stands."""

from collections.abc import Iterable
from typing import Any

from liuwen.engine.paths import generic


class Occurrences:
    """The places of one node: outside repeats it has one, which is looked up once."""

    def __init__(self, definition: Any, reference: Any, repeats: Iterable[str]) -> None:
        self._reference = reference
        path = generic(str(reference.toString(False))) + "/"
        is_repeated = any(path.startswith(f"{repeat}/") for repeat in repeats)
        self._only = () if is_repeated else tuple(definition.getEvaluationContext().expandReference(reference))

    def now(self, context: Any) -> Iterable[Any]:
        """The references to its nodes in the instance as it is."""
        return self._only or context.expandReference(self._reference)
