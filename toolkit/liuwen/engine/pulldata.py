"""Inside the worker: `pulldata('file', 'column', 'key column', key)`, which ODK Collect adds to JavaRosa's functions."""

import csv
import io
from collections.abc import Mapping
from typing import Any


class PullData:
    """The function, for CSV files among the form's media; "" if nothing is found."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._media = media
        self._found: dict[tuple[str, str, str], dict[str, str]] = {}

    def getName(self) -> str:  # noqa: N802  # JavaRosa's names
        return "pulldata"

    def getPrototypes(self) -> Any:  # noqa: N802
        from liuwen.engine.javarosa import java

        return java("java.util.ArrayList")()

    def rawArgs(self) -> bool:  # noqa: N802
        return True

    def realTime(self) -> bool:  # noqa: N802
        return False

    def eval(self, arguments: Any, context: Any) -> str:
        from liuwen.engine.javarosa import java

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
