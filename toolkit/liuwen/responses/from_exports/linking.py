"""Whose each row of an export is: the submissions' instance IDs, and the repeats' rows below them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from liuwen.messages import Sentence
from liuwen.responses.from_exports.cells import stripped
from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.headers import zone_of
from liuwen.responses.from_exports.heading_rows import rows_without_answers
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.from_exports.plain_writing import MOMENT, with_offset
from liuwen.responses.from_exports.server_headers import System
from liuwen.responses.from_exports.written_days import plain_days
from liuwen.responses.plan import MAIN, TablePlan
from liuwen.responses.reading_options import DayOrder
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.versions import plain_version

_ASIDE = -1
_IN_UTC = frozenset({"_submission_time", "submission_time", "x_submission_time"})
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

_TWICE = Sentence(
    zh="编号 {id} 在第 {first} 行已出现，内容不同；保留了先出现的一行。",
    en="Its ID {id} is already used in row {first} with different content; the first row was kept.",
)
_DELETED = Sentence(zh="它已在服务器上删除（{when}），没有载入。", en="It was deleted on the server ({when}), and is left out.")
_RAGGED = Sentence(
    zh="这一行的单元格比表头多：可能有逗号没有加引号，各列因此错位。",
    en="It has more cells than there are headers: a comma may stand without quotation marks, so that its answers are shifted.",
)
_CUT = Sentence(
    zh="文件在这一行中断，或者其中的引号没有成对；后面的内容缺失，请重新下载或导出。",
    en="The file ends within this row, or its quotation marks are not closed, so that what follows is missing; download or "
    "export it again.",
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

    def __init__(self, plan: TablePlan, placed: Mapping[str, Placed], dates: DayOrder | None = None) -> None:
        self._dates = dates
        self.headers: list[SubmissionHeader] = []
        self.rejected: list[tuple[str, str]] = []
        self.of_repeats: list[bool] = []
        """Of each that was rejected, whether it is a row of a repeat."""
        self.again = 0
        self.nameless = 0
        self.links: dict[str, Links] = {}
        self._aside: dict[str, set[int]] = {}
        """By grid, the rows that were not taken in, and told: what hangs on them goes with them."""
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
        aside = self._aside.setdefault(MAIN, set())
        seen: dict[str, int] = {}
        versions = list(_texts(placed, "form_version").mapped(plain_version))
        times, senders = submission_times(placed, self._dates), list(_texts(placed, "sent_by"))
        server = _server(placed)
        refused = _refusals(placed, server)
        ids = self._instance_ids(placed)
        for row, instance_id in enumerate(ids):
            if row in refused:
                self._reject(placed, row, refused[row])
            elif instance_id in seen:
                self._came_again(placed, row, seen[instance_id], instance_id)
            else:
                seen[instance_id] = row
                continue
            aside.add(row)
        rows = list(seen.values())
        told = [{name: texts[row] for name, texts in server.items() if texts[row]} if server else {} for row in rows]
        self.headers = [
            SubmissionHeader(ids[row], versions[row], times[row], senders[row], known)
            for row, known in zip(rows, told, strict=True)
        ]
        count = len(rows)
        return Links(rows, list(range(count)), [""] * count, [""] * count, [-1] * count)

    def _instance_ids(self, placed: Placed) -> list[str]:
        known = zip(_texts(placed, "instance_id"), _texts(placed, "uuid"), _texts(placed, "number"), strict=True)
        ids = []
        for row, (instance_id, uuid, number) in zip(placed.grid.numbers, known, strict=True):
            self.nameless += not (instance_id or uuid or number)
            ids.append(instance_id or (f"uuid:{uuid}" if _UUID.fullmatch(uuid) else uuid) or number or f"row {row}")
        return ids

    def _came_again(self, placed: Placed, row: int, first: int, instance_id: str) -> None:
        answers = [number for number, means in enumerate(placed.meanings) if means is None or means.system is None]
        if all(placed.grid.columns[number][row] == placed.grid.columns[number][first] for number in answers):
            self.again += 1
        else:
            self._reject(placed, row, _TWICE.filled(id=instance_id, first=placed.grid.numbers[first]))

    def _reject(self, placed: Placed, row: int, reason: Sentence) -> None:
        self.of_repeats.append(placed.host.name != MAIN)
        self.rejected.append((f"{placed.grid.name}!{placed.grid.numbers[row]}", str(reason)))

    def refuse_orphan(self, placed: Placed, row: int) -> None:
        """List a row whose parent is not in the source."""
        self._reject(placed, row, _ORPHAN.filled(parent="-"))

    def _repeat(self, placed: Placed) -> Links:
        links = Links()
        parent = self._hosts.get(placed.host.parent or "")
        if parent is None:
            return links
        above = self.links[parent]
        aside = self._aside.setdefault(placed.host.name, set())
        again = _doubled(placed)
        damaged = _damaged(placed)
        counts: dict[int, int] = {}
        for row, (said, found) in enumerate(self.parents(placed, self._placed[parent], above)):
            if found == _ASIDE or row in again:
                aside.add(row)
                continue
            if row in damaged:
                self._reject(placed, row, damaged[row])
                aside.add(row)
                continue
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

    def parents(self, placed: Placed, parent: Placed, above: Links) -> list[tuple[str, int | None]]:
        """What each row says of its parent, and the parent's position (`_ASIDE` if it was rejected and reported).

        An ID counts before an index, which cleaning may shift.
        """
        ways: list[tuple[System, System]] = [("parent_key", "instance_id")]
        if parent.host.name == MAIN:
            ways += [("submission_uuid", "uuid"), ("submission_number", "number")]
        ways += [("parent_index", "index")]
        if parent.host.name == MAIN:
            ways += [("uuid", "uuid")]
        for own, theirs in ways:
            if placed.system(own) is not None and (theirs == "index" or parent.system(theirs) is not None):
                aside = self._aside[parent.host.name]
                place = _places(parent, above, aside, theirs)
                found = [(said, place.get(said)) for said in _texts(placed, own)]
                return found if theirs == "index" else _without_doubles(placed, parent, aside, found, theirs)
        return [("", None)] * len(placed.grid)


def _refusals(placed: Placed, server: Mapping[str, Sequence[str]]) -> dict[int, Sentence]:
    """The rows that are no submissions, or none that may be taken in, with the reasons."""
    grid = placed.grid
    deleted = {row: _DELETED.filled(when=when) for row, when in enumerate(server.get("deleted_at", ())) if when}
    return {**_damaged(placed), **deleted, **dict(rows_without_answers(grid, placed.meanings, placed.headers.meaning))}


def _damaged(placed: Placed) -> dict[int, Sentence]:
    """The rows whose cells are not all under their own headers, with the reasons."""
    grid = placed.grid
    if not grid.ragged and grid.cut is None:
        return {}
    reasons = {**dict.fromkeys(grid.ragged, _RAGGED), **({} if grid.cut is None else {grid.cut: _CUT})}
    return {row: reasons[number] for row, number in enumerate(grid.numbers) if number in reasons}


def _places(parent: Placed, above: Links, aside: Collection[int], by: System) -> dict[str, int]:
    texts = list(_texts(parent, by))
    if by == "index" and parent.system("index") is None:
        texts = [str(row + 1) for row in range(len(parent.grid))]
    return {**{texts[row]: _ASIDE for row in aside}, **{texts[row]: place for place, row in enumerate(above.rows)}}


def _without_doubles(
    placed: Placed, parent: Placed, aside: Collection[int], found: list[tuple[str, int | None]], by: System
) -> list[tuple[str, int | None]]:
    """The parents found by ID; where a parent came twice, the rows of the one left out go with it.

    Those name its ID and its index; an index alone is not enough, for cleaning may shift it.
    """
    if not aside or placed.system("parent_index") is None or parent.system("index") is None:
        return found
    pairs = list(zip(_texts(parent, by), _texts(parent, "index"), strict=True))
    left_out = {pairs[row] for row in aside} - {pair for row, pair in enumerate(pairs) if row not in aside}
    numbers = _texts(placed, "parent_index")
    return [(said, _ASIDE if (said, number) in left_out else place) for (said, place), number in zip(found, numbers, strict=True)]


def _doubled(placed: Placed) -> set[int]:
    """The rows of a repeat that stand twice, word for word and under one key or number of their own."""
    own = placed.cells("instance_id") or placed.cells("index")
    if own is None or len(set(map(str, own))) == len(own):
        return set()
    seen: set[tuple[str, ...]] = set()
    found = set()
    for row, cells in enumerate(placed.grid.rows):
        said = tuple(map(str, cells))
        if said in seen and str(own[row]).strip():
            found.add(row)
        seen.add(said)
    return found


def _texts(placed: Placed, system: System) -> Coded[str]:
    cells = placed.cells(system)
    return Coded([""], np.zeros(len(placed.grid), np.int32)) if cells is None else stripped(cells)


def submission_times(placed: Placed, dates: DayOrder | None) -> list[str]:
    """When each row was received, as ISO 8601 where that can be read, else as it stands.

    KoboToolbox and Ona write `_submission_time` without an offset, and mean UTC.
    """
    number = placed.system("submitted_at")
    if number is None:
        return [""] * len(placed.grid)
    texts = stripped(placed.grid.columns[number], "datetime")
    plain = {} if texts.all_match(MOMENT) else plain_days(set(filter(None, texts.different)), dates, moments=True)
    header = placed.grid.header[number]
    zone = zone_of(header) or ("UTC" if header.strip().lower() in _IN_UTC else None)
    return list(texts.mapped(lambda text: with_offset(plain.get(text, text), zone) if zone and text else plain.get(text, text)))


def _server(placed: Placed) -> dict[str, list[str]]:
    """What the server knows of each row: a list for each column of `Responses.submissions`."""
    found: dict[str, list[str]] = {}
    for column, means in zip(placed.grid.columns, placed.meanings, strict=True):
        if means and means.server:
            texts = stripped(column)
            before = found.get(means.server, [""] * len(texts))
            found[means.server] = [one or other for one, other in zip(before, texts, strict=True)]
    return found
