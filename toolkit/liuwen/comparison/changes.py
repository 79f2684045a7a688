"""What a comparison found: each change, what it does to data already collected, and how that is shown."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from liuwen.form.display import NO_MATHEMATICS
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

Effect = Literal["loses", "mapping", "safe"]

EFFECTS = MappingProxyType(
    {
        "loses": Sentence(zh="丢失数据", en="loses data"),
        "mapping": Sentence(zh="需要对应", en="needs mapping"),
        "safe": Sentence(zh="没有影响", en="safe"),
    }
)
NO_CHANGES = Sentence(zh="两份表单没有差别。", en="The two forms do not differ.")
SUMMARY = Sentence(
    zh="{total} 处改动：丢失数据 {loses}，需要对应 {mapping}，没有影响 {safe}",
    en="Changes: {total} (loses data: {loses}, needs mapping: {mapping}, safe: {safe})",
)
EFFECT_HEADER = Sentence(zh="对已有数据", en="Data already collected")
PLACE_HEADER = Sentence(zh="位置", en="Place")
CHANGE_HEADER = Sentence(zh="改动", en="Change")

_COLOURS = MappingProxyType({"loses": "#c0392b", "mapping": "#b9770e", "safe": "#5d8a4a"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two forms.

    Attributes:
        kind: What happened: "added", "removed", "renamed", "moved", "reworded", "retyped", "relevance", "constraint",
            "calculation", "choice removed", …
        effect: What it does to answers already collected: "loses", "mapping" or "safe".
        subject: The path of the question, or the name of the list.
        place: Where it is in the newer form; for something removed, in the older form.
        sentence: The change in words.
        before: The old value.
        after: The new value; for something removed, what looks similar in the newer form: a suggestion that nothing acts
            on.
    """

    kind: str
    effect: Effect
    subject: str
    place: Place
    sentence: Sentence
    before: str = ""
    after: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The change as plain values, for JSON and tables.

        Returns:
            The keys of `Changes.table`; `message` is in the language in force.
        """
        return {
            "effect": self.effect,
            "kind": self.kind,
            "subject": self.subject,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            "before": self.before,
            "after": self.after,
            "message": str(self.sentence),
        }

    def __str__(self) -> str:
        return f"[{EFFECTS[self.effect]}] {self.place}: {self.sentence}"


@dataclass(frozen=True, slots=True, repr=False)
class Changes:
    """All changes from one form to another; those that lose data come first, then in the order of the sheets.

    Attributes:
        changes: The changes.
    """

    changes: tuple[Change, ...]

    @property
    def loses_data(self) -> bool:
        """Whether some answer already collected has no place in the newer form."""
        return any(change.effect == "loses" for change in self.changes)

    @property
    def needs_mapping(self) -> bool:
        """Whether some answers already collected must be mapped to the newer form."""
        return any(change.effect == "mapping" for change in self.changes)

    @property
    def renamed(self) -> dict[str, str]:
        """Path in the older form → path in the newer form, for every question, group and repeat whose path has changed."""
        return {change.before: change.after for change in self.changes if change.kind in {"renamed", "moved"} and change.before}

    @property
    def suggested(self) -> dict[str, str]:
        """Path in the older form → path in the newer, of what is gone and looks like something new.

        Suggestions have no effect: pass confirmed ones to `read_responses` or `compare` as `renamed=`.
        """
        return {change.before: change.after for change in self.changes if change.kind == "removed" and change.after}

    @property
    def table(self) -> "pd.DataFrame":
        """One row per change: `effect`, `kind`, `subject`, `sheet`, `row`, `column`, `before`, `after`, `message`."""
        import pandas as pd

        columns = "effect kind subject sheet row column before after message".split()
        return pd.DataFrame([change.as_dict() for change in self.changes], columns=columns)

    def to_json(self) -> str:
        """The comparison as JSON.

        Returns:
            An object with `loses_data`, `needs_mapping` and `changes`, the latter with the keys of `table`.
        """
        verdict = {"loses_data": self.loses_data, "needs_mapping": self.needs_mapping}
        return json.dumps(verdict | {"changes": [change.as_dict() for change in self.changes]}, ensure_ascii=False, indent=2)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __repr__(self) -> str:
        return f"<Changes: {self._summary()}>"

    def __str__(self) -> str:
        return "\n".join([str(self._summary()), *map(str, self.changes)])

    def _summary(self) -> Sentence:
        if not self.changes:
            return NO_CHANGES
        counts: Counter[str] = Counter(change.effect for change in self.changes)
        return SUMMARY.filled(total=len(self), **{effect: counts[effect] for effect in EFFECTS})

    def _repr_html_(self) -> str:
        heads = "".join(f'<th style="{_CELL}">{head}</th>' for head in (EFFECT_HEADER, PLACE_HEADER, CHANGE_HEADER))
        rows = "".join(_html_row(change) for change in self.changes)
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if self.changes else ""
        return f'<div class="liuwen-changes {NO_MATHEMATICS}"><p><b>{self._summary()}</b></p>{table}</div>'


_CELL = "text-align:left;vertical-align:top;white-space:normal;overflow-wrap:anywhere;padding:4px 8px"


def _html_row(change: Change) -> str:
    effect = f'<td style="{_CELL};min-width:5em;color:{_COLOURS[change.effect]}">{EFFECTS[change.effect]}</td>'
    place = f'<td style="{_CELL};min-width:7em"><code>{escape(str(change.place))}</code></td>'
    return f'<tr>{effect}{place}<td style="{_CELL}">{escape(str(change.sentence))}</td></tr>'
