"""What an export holds and no question explains: kept value by value, with the key of its row."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from liuwen.responses.from_exports.cells import text_of
from liuwen.responses.from_exports.linking import Linker, Links
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.from_exports.split_columns import Answers
from liuwen.responses.from_exports.withheld_headers import WithheldHeaders
from liuwen.responses.from_submissions.pack import Stray, StrayReason
from liuwen.responses.plan import MAIN, Table

Place = tuple[int, str]
"""A submission's number, and a row's place below it."""
_APART = Table("", unlinked=True)
"""Where values of an unlinked section stand that are of none of the form's tables."""


def strays_of(placed: Placed, links: Links, answers: Mapping[str, Answers], withheld: WithheldHeaders) -> Iterator[Stray]:
    """Columns that no question explains, what exporters add, and split selects that say otherwise than the joined ones."""

    def stray(table: Table, place: int, field: str, value: str, reason: StrayReason) -> Stray:
        if table.unlinked:
            return Stray(None, table.name, "", field, value, reason)
        return Stray(links.submissions[place], table.name, links.keys[place], field, value, reason)

    for column, header, means in zip(placed.grid.columns, placed.grid.header, placed.meanings, strict=True):
        if (means is None or means.system == "other") and not withheld.is_withheld(header):
            reason: StrayReason = "field" if means is None else "system"
            table = _APART if withheld.is_unlinked(header) else placed.host
            texts = column.mapped(text_of)
            filled = np.flatnonzero(texts.rows_filled()[links.rows]).tolist() if any(texts.different) else []
            for place in filled:
                yield stray(table, place, header, texts[links.rows[place]], reason)
    for table in placed.tables:
        for asked in table.columns:
            for place, said in answers[asked.path].contradicted.items():
                yield stray(table, place, asked.path, said, "split")


def strays_passed_over(children: Sequence[Placed], main: Placed, linker: Linker, withheld: WithheldHeaders) -> Iterator[Stray]:
    """The values of sheets that are repeats of another version: each with the key that its row would have."""
    rows: dict[str, list[Place | None]] = {}
    for child in children:
        above = rows.get(_parent_name(child))
        rows[child.grid.name] = list(_places(child, main, linker, above))
        headers = child.grid.header
        values = [number for number, means in enumerate(child.meanings) if means is None or means.column]
        values = [number for number in values if not withheld.is_withheld(headers[number])]
        all_apart = withheld.is_unlinked(f"{child.grid.name}/")
        apart = {number for number in values if all_apart or withheld.is_unlinked(headers[number])}
        for row, place in enumerate(rows[child.grid.name]):
            for number in values if place else ():
                text = text_of(child.grid.columns[number][row])
                if text and number in apart:
                    yield Stray(None, _APART.name, "", headers[number], text)
                elif text and place:
                    yield Stray(place[0], MAIN, place[1], headers[number], text)
            if place is None:
                linker.refuse_orphan(child, row)


def _places(child: Placed, main: Placed, linker: Linker, above: Sequence[Place | None] | None) -> Iterator[Place | None]:
    name = child.grid.name.rpartition("/")[2]
    counts: dict[Place, int] = {}
    for parent in _parents(child, main, linker, above):
        if parent is None:
            yield None
            continue
        counts[parent] = counts.get(parent, 0) + 1
        yield parent[0], f"{parent[1]}/{name}[{counts[parent]}]".lstrip("/")


def _parents(child: Placed, main: Placed, linker: Linker, above: Sequence[Place | None] | None) -> Iterator[Place | None]:
    if above is None:
        links = linker.links[MAIN]
        for _, found in linker.parents(child, main, links):
            yield None if found is None or found < 0 else (links.submissions[found], "")
        return
    for cell in child.cells("parent_index") or ():
        index = text_of(cell)
        yield above[int(index) - 1] if index.isdigit() and 0 < int(index) <= len(above) else None


def _parent_name(child: Placed) -> str:
    cells = child.cells("parent_table")
    return text_of(cells[0]) if cells else ""
