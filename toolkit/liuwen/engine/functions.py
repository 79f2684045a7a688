"""Inside the worker: functions of expressions that JavaRosa lacks, or has in a form of its own."""

import csv
import io
import random
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from liuwen.engine.javarosa import java

if TYPE_CHECKING:
    from liuwen.engine.formwalk import FormWalk

DRAWS = {"random": "liuwen-random", "uuid": "liuwen-uuid"}
"""What stands in a parsed form for `random()` and `uuid()`; a number as argument tells which one of the form it is."""


class AddedFunction:
    """A function that is added to a form's own (`IFunctionHandler`)."""

    name = ""

    def getName(self) -> str:  # noqa: N802  # JavaRosa's names
        return self.name

    def getPrototypes(self) -> Any:  # noqa: N802
        return java("java.util.ArrayList")()

    def rawArgs(self) -> bool:  # noqa: N802
        return True

    def realTime(self) -> bool:  # noqa: N802
        return False

    def eval(self, arguments: Any, context: Any) -> Any:
        raise NotImplementedError


class PullData(AddedFunction):
    """`pulldata(file, column, key column, key)` of ODK Collect, for CSV files among the media; "" if nothing is found."""

    name = "pulldata"

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._media = media
        self._found: dict[tuple[str, str, str], dict[str, str]] = {}

    def eval(self, arguments: Any, context: Any) -> str:
        if len(arguments) != 4:
            return ""
        words = java("org.javarosa.xpath.expr.XPathFuncExpr")
        name, wanted, column, key = (str(words.toString(argument)) for argument in arguments)
        return self._values(name, wanted, column).get(key, "")

    def _values(self, name: str, wanted: str, column: str) -> dict[str, str]:
        place = (name.removesuffix(".csv"), wanted, column)
        if place not in self._found:
            text = self._media.get(f"{place[0]}.csv", b"").decode("utf-8-sig", "replace")
            rows = list(csv.DictReader(io.StringIO(text)))
            self._found[place] = {row.get(column) or "": row.get(wanted) or "" for row in reversed(rows)}
        return self._found[place]


class DrawNumber(AddedFunction):
    """`random()` whose value depends on the phone's seed, on where it stands and on how often it was computed there.

    JavaRosa takes all draws from one sequence, in an order that depends on which forms its process has parsed before.
    """

    name = DRAWS["random"]

    def __init__(self, walk: "FormWalk") -> None:
        self._walk = walk

    def eval(self, arguments: Any, context: Any) -> float | str:
        return self._chance(arguments, context).random()

    def _chance(self, arguments: Any, context: Any) -> random.Random:
        place = f"{self.name}|{float(arguments[0]):.0f}|{context.getContextRef().toString(True)}"
        drawn = self._walk.phone.drawn
        drawn[place] += 1
        return random.Random(f"{self._walk.phone.seed}|{place}|{drawn[place]}")


class DrawUUID(DrawNumber):
    """`uuid()`, drawn in the same way."""

    name = DRAWS["uuid"]

    def eval(self, arguments: Any, context: Any) -> str:
        return str(uuid.UUID(int=self._chance(arguments, context).getrandbits(128), version=4))
