"""Whose each row of an export is: the submissions' instance IDs, and the repeats' rows below them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from liuwen.messages import Sentence
from liuwen.responses.assemble import SubmissionHeader
from liuwen.responses.from_exports.cells import text_of
from liuwen.responses.from_exports.headers import System
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.plan import MAIN, TablePlan
from liuwen.responses.versions import plain_version

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

_TWICE = Sentence(
    zh="编号 {id} 在第 {first} 行已出现，内容不同；保留了先出现的一行。",
    en="Its ID {id} is already used in row {first} with different content; the first row was kept.",
)
_ORPHAN = Sentence(
    zh="它所属的上一级（{parent}）不在工作簿中。",
    en="The row it belongs to ({parent}) is not in the workbook.",
)


@dataclass(slots=True)
class Links:
    """Of the rows of one grid, those taken in: which row, whose submission, its key below it, and its parent's row."""

    rows: list[int] = field(default_factory=list)
    submissions: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    parent_rows: list[int] = field(default_factory=list)
    """Where the parent stands among the parent grid's `rows`."""


class Linker:
    """Links the rows of the placed grids, parents before children."""

    def __init__(self, plan: TablePlan, placed: Mapping[str, Placed]) -> None:
        self.headers: list[SubmissionHeader] = []
        self.rejected: list[tuple[str, str]] = []
        self.again = 0
        self.nameless = 0
        self.links: dict[str, Links] = {}
        self._placed = placed
        self._hosts = {table.name: name for name, grid in placed.items() for table in grid.tables}
        self._plan = plan
        for name in placed:
            self.links[name] = self._main(placed[name]) if name == MAIN else self._repeat(placed[name])

    def host_of(self, table: str) -> str | None:
        """The grid that holds a table's answers."""
        return self._hosts.get(table)

    def above(self, grid: str) -> str | None:
        """The grid that holds the parents of a grid's rows."""
        return self._hosts.get(self._placed[grid].host.parent or "")

    def _main(self, placed: Placed) -> Links:
        links = Links()
        seen: dict[str, int] = {}
        versions, times = _texts(placed, "form_version"), _texts(placed, "submitted_at")
        senders = _texts(placed, "sent_by")
        for row, instance_id in enumerate(self._instance_ids(placed)):
            if instance_id in seen:
                self._came_again(placed, row, seen[instance_id], instance_id)
                continue
            seen[instance_id] = row
            links.rows.append(row)
            links.submissions.append(len(self.headers))
            links.keys.append("")
            links.parents.append("")
            links.parent_rows.append(-1)
            self.headers.append(SubmissionHeader(instance_id, plain_version(versions[row]), times[row], senders[row]))
        return links

    def _instance_ids(self, placed: Placed) -> list[str]:
        known = zip(_texts(placed, "instance_id"), _texts(placed, "uuid"), _texts(placed, "number"), strict=True)
        ids = []
        for row, (instance_id, uuid, number) in enumerate(known, start=2):
            self.nameless += not (instance_id or uuid or number)
            ids.append(instance_id or (f"uuid:{uuid}" if _UUID.fullmatch(uuid) else uuid) or number or f"row {row}")
        return ids

    def _came_again(self, placed: Placed, row: int, first: int, instance_id: str) -> None:
        answers = [number for number, means in enumerate(placed.meanings) if means is None or means.system is None]
        if all(placed.grid.rows[row][number] == placed.grid.rows[first][number] for number in answers):
            self.again += 1
        else:
            self._reject(placed, row, _TWICE.filled(id=instance_id, first=first + 2))

    def _reject(self, placed: Placed, row: int, reason: Sentence) -> None:
        self.rejected.append((f"{placed.grid.name}!{row + 2}", str(reason)))

    def _repeat(self, placed: Placed) -> Links:
        links = Links()
        parent = self._hosts.get(placed.host.parent or "")
        if parent is None:
            return links
        above = self.links[parent]
        counts: dict[int, int] = {}
        for row, (said, found) in enumerate(self._parents(placed, self._placed[parent], above)):
            if found is None:
                self._reject(placed, row, _ORPHAN.filled(parent=said or "-"))
                continue
            counts[found] = counts.get(found, 0) + 1
            links.rows.append(row)
            links.submissions.append(above.submissions[found])
            links.keys.append(f"{above.keys[found]}/{placed.host.name}[{counts[found]}]".lstrip("/"))
            links.parents.append(above.keys[found])
            links.parent_rows.append(found)
        return links

    def _parents(self, placed: Placed, parent: Placed, above: Links) -> list[tuple[str, int | None]]:
        """What each row says of its parent, and where that stands; an ID counts before an index, which cleaning may shift."""
        ways: list[tuple[System, System]] = [("parent_key", "instance_id")]
        if parent.host.name == MAIN:
            ways += [("submission_uuid", "uuid"), ("submission_number", "number")]
        ways += [("parent_index", "index")]
        if parent.host.name == MAIN:
            ways += [("uuid", "uuid")]
        for own, theirs in ways:
            if placed.system(own) is not None and (theirs == "index" or parent.system(theirs) is not None):
                place = _places(parent, above, theirs)
                return [(said, place.get(said)) for said in _texts(placed, own)]
        return [("", None)] * len(placed.grid.rows)


def _places(parent: Placed, above: Links, by: System) -> dict[str, int]:
    texts = _texts(parent, by)
    if by == "index" and parent.system("index") is None:
        texts = [str(row + 1) for row in range(len(parent.grid.rows))]
    return {texts[row]: place for place, row in enumerate(above.rows)}


def _texts(placed: Placed, system: System) -> list[str]:
    number = placed.system(system)
    if number is None:
        return [""] * len(placed.grid.rows)
    return [text_of(row[number]).strip() for row in placed.grid.rows]
