"""On which line of a TOML text each path is written; `tomllib` does not say."""

import re

from liuwen.campaign.faults import Path

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=\s*(.*)$")
_ID = re.compile(r"(?:^|[{,\s])(?:id|section)\s*=\s*\"([^\"]*)\"")


def lines_of(text: str) -> dict[Path, int]:
    r"""The first line of each table, key and entry with an id, by path; entries of a list are named by their id.

    >>> lines_of('[[duties]]\nid = "deeds"\nmeasure = "events"')[("duties", "deeds", "measure")]
    3
    """
    return _Scan(text).lines


class _Scan:
    """One pass over a text: in which table it is, and how deep in brackets."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._prefix: Path = ()
        self._entries: dict[Path, str] = {}
        self._open: Path | None = None
        self._depth = 0
        rows = text.splitlines()
        for number, row in enumerate(rows, start=1):
            self._take(number, row, rows)

    def _take(self, number: int, row: str, rows: list[str]) -> None:
        if self._depth > 0:
            self._inside(number, row)
        elif header := _HEADER.match(row):
            self._enter(header[2], number, rows, entry=header[1] == "[[")
        elif key := _KEY.match(row):
            self._open = self._prefix + _parts(key[1])
            self._note(self._open, number)
            self._inside(number, key[2])

    def _enter(self, name: str, number: int, rows: list[str], *, entry: bool) -> None:
        path: Path = ()
        parts = _parts(name)
        for part in parts[:-1]:
            path += (part,)
            path += (self._entries[path],) if path in self._entries else ()
        path += parts[-1:]
        if entry:
            self._note(path, number)
            self._entries[path] = self._id_after(number, rows)
            path += (self._entries[path],)
        elif path in self._entries:
            path += (self._entries[path],)
        self._prefix = path
        self._note(path, number)

    def _id_after(self, number: int, rows: list[str]) -> str:
        for row in rows[number:]:
            if _HEADER.match(row):
                break
            if found := re.match(r"^\s*(?:id|section)\s*=\s*\"([^\"]*)\"", row):
                return found[1]
        return f"line {number}"

    def _inside(self, number: int, row: str) -> None:
        bare = _without_texts(row)
        if self._open is not None:
            for found in _ID.finditer(row):
                self._note((*self._open, found[1]), number)
        self._depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")

    def _note(self, path: Path, number: int) -> None:
        self.lines.setdefault(path, number)


def _parts(name: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _without_texts(row: str) -> str:
    """The row without what stands in quotes, and without its comment."""
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'[^']*'", "", row).split("#", 1)[0]
