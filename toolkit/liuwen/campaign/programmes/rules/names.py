"""Everything that a page shows has an id and a name in both languages."""

from collections.abc import Iterator, Sequence

from liuwen.campaign.faults import Path
from liuwen.campaign.schema import NamedRule, Programme
from liuwen.messages import Sentence

NO_ID = Sentence(zh='缺少 id。请写上 id = "…"。', en='No id. Write id = "…".')
NO_NAME = Sentence(zh="缺少 {key}。请写上两种语言的名称（zh、en）。", en="No {key}. Give the name in both languages (zh, en).")
TWICE = Sentence(zh="id “{id}”用了两次。请改一个。", en='The id "{id}" is used twice. Change one of them.')


def everything_is_named(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """The programme, its entries with ids, and its ranks, groups and festivals."""
    yield from _named(programme, ())
    for key in ("duties", "ledgers", "pairings", "rosters", "boards", "appraisals", "prints", "phases"):
        yield from _list((key,), getattr(programme, key))
    for ledger in programme.ledgers:
        for key in ("classes", "tiers", "steps"):
            yield from _list(("ledgers", ledger.id, key), getattr(ledger, key))
    tables = {"ranks": programme.ranks, "groups": programme.groups, "calendar.festivals": programme.calendar.festivals}
    for name, table in tables.items():
        for id, one in table.items():
            path = (*name.split("."), id)
            yield from ((path, NO_NAME.filled(key=key)) for key in ("zh", "en") if not getattr(one, key))


def _list(path: Path, entries: Sequence[NamedRule]) -> Iterator[tuple[Path, Sentence]]:
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        yield from _named(entry, (*path, entry.id or str(number)))
        if entry.id and entry.id in seen:
            yield (*path, entry.id), TWICE.filled(id=entry.id)
        seen.add(entry.id)


def _named(entry: NamedRule, path: Path) -> Iterator[tuple[Path, Sentence]]:
    if not entry.id:
        yield path, NO_ID
    for key in ("zh", "en"):
        if not getattr(entry, key):
            yield path, NO_NAME.filled(key=key)
