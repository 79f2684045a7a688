"""How one page of a programme is joined to the page that it extends."""

from collections.abc import Mapping
from typing import Any

JOINED = frozenset(
    {
        ("phases",),
        ("duties",),
        ("ledgers",),
        ("ledgers", "steps"),
        ("pairings",),
        ("rosters",),
        ("boards",),
        ("appraisals",),
        ("signals",),
        ("prints",),
        ("brief",),
    }
)
"""The lists written with `[[ ]]`, whose entries are joined by id; every other list is replaced whole."""

Raw = dict[str, Any]


def joined(below: Mapping[str, Any], above: Mapping[str, Any], path: tuple[str, ...] = ()) -> Raw:
    """`below` with what `above` says otherwise: tables key by key, the lists of `JOINED` by id, all else replaced.

    >>> joined({"ranks": {"staff": 1}, "assumed": ["a"]}, {"ranks": {"desk": 2}, "assumed": ["b"]})
    {'ranks': {'staff': 1, 'desk': 2}, 'assumed': ['b']}
    """
    result = dict(below)
    for key, value in above.items():
        here = (*path, key)
        old = result.get(key)
        if here in JOINED and isinstance(value, list):
            result[key] = _joined_entries(old if isinstance(old, list) else [], value, here)
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            result[key] = joined(old, value, here)
        else:
            result[key] = value
    return result


def entry_id(entry: object, number: int) -> str:
    """What an entry of a list is called in a path: its id, its section, or its number."""
    if isinstance(entry, Mapping):
        for key in ("id", "section"):
            if isinstance(entry.get(key), str) and entry[key]:
                return str(entry[key])
    return str(number)


def _joined_entries(below: list[Any], above: list[Any], path: tuple[str, ...]) -> list[Any]:
    entries = {entry_id(entry, number): entry for number, entry in enumerate(below, start=1)}
    for number, entry in enumerate(above, start=1):
        name = (
            entry_id(entry, number) if isinstance(entry, Mapping) and ("id" in entry or "section" in entry) else f"new {number}"
        )
        if not isinstance(entry, Mapping):
            entries[f"{name} {number}"] = entry
        elif entry.get("drop") is True and name in entries:
            del entries[name]
        else:
            entries[name] = joined(entries.get(name, {}), entry, path)
    return list(entries.values())
