"""What the whole of a column decides of its parts: whether its times have an offset, and the categories of its answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from liuwen.responses.from_submissions.raw_table import Cells
from liuwen.responses.plan import Kind
from liuwen.responses.typed import Typed, is_aware, typed


@dataclass(slots=True)
class ColumnFacts:
    """What was learned of the columns, each known by its path.

    Attributes:
        timezone: The time zone of times that are written without one.
    """

    timezone: str | None = None
    _aware: set[str] = field(default_factory=set)
    _naive: set[str] = field(default_factory=set)
    _categories: dict[str, dict[str, None]] = field(default_factory=dict)

    def learn(self, path: str, kind: Kind, cells: "Cells | Sequence[str | None]", choices: Sequence[str] = ()) -> None:
        """Look at a part of a column, in the order of the whole."""
        if kind not in {"datetime", "choice"}:
            return
        made = typed(kind, cells, choices, self.timezone)
        (part,) = made.parts
        if kind == "choice":
            self._categories.setdefault(path, {}).update(dict.fromkeys(part.categories))
        elif is_aware(part) and not part.isna().all():
            self._aware.add(path)
        if made.naive:
            self._naive.add(path)

    def conform(self, path: str, kind: Kind, made: Typed) -> Typed:
        """A part of a column as it is in the whole."""
        if kind == "choice":
            return replace(made, parts=(made.parts[0].set_categories(pd.Index(list(self._categories[path]), dtype="str")),))
        if kind != "datetime" or self.timezone is not None or is_aware(made.parts[0]) == self._is_aware(path):
            return made
        blank = pd.array([pd.NaT] * len(made.parts[0]), dtype="datetime64[us, UTC]" if self._is_aware(path) else "datetime64[us]")
        return replace(made, parts=(blank,))

    def _is_aware(self, path: str) -> bool:
        return path in self._aware or path not in self._naive
