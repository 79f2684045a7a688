"""Every rank that a rule names stands in `[ranks]`."""

from collections.abc import Iterable, Iterator

from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.schema import DutyRule, LedgerRule, Programme
from liuwen.messages import Sentence

UNKNOWN_RANK = Sentence(zh="职务“{rank}”不在 [ranks] 里。{suggestion}", en='The rank "{rank}" is not in [ranks]. {suggestion}')


def ranks_are_known(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Ranks of duties, ledgers, pairings and rosters."""
    known = tuple(programme.ranks)
    for path, rank in _used(programme):
        if rank not in known:
            yield path, UNKNOWN_RANK.filled(rank=rank, suggestion=suggestion(rank, known))


def _used(programme: Programme) -> Iterator[tuple[Path, str]]:
    for duty in programme.duties:
        yield from _of_duty(duty)
    for ledger in programme.ledgers:
        yield from _of_ledger(ledger)
    for pairing in programme.pairings:
        path = ("pairings", pairing.id)
        yield from _each((*path, "rank"), pairing.rank)
        yield from _each((*path, "takes"), (one.rank for one in pairing.takes if one.rank not in ("", "any")))
    for roster in programme.rosters:
        yield from _each(("rosters", roster.id, "slots"), (slot.rank for slot in roster.slots if slot.rank))


def _of_duty(duty: DutyRule) -> Iterator[tuple[Path, str]]:
    path = ("duties", duty.id)
    yield from _each((*path, "rank"), duty.rank)
    for key, amount in (("at_least", duty.at_least), ("at_most", duty.at_most)):
        for rank in amount.by_rank if amount else ():
            yield (*path, key, rank), rank


def _of_ledger(ledger: LedgerRule) -> Iterator[tuple[Path, str]]:
    path = ("ledgers", ledger.id)
    yield from _each((*path, "desk"), ledger.desk)
    yield from _each((*path, "successor_ranks"), ledger.successor_ranks)
    for tier in ledger.tiers:
        yield from _each((*path, "tiers", tier.id, "office"), tier.office)
    for one in ledger.classes:
        yield from _each((*path, "classes", one.id, "receiver"), [one.receiver] if one.receiver else [])


def _each(path: Path, ranks: Iterable[str]) -> Iterator[tuple[Path, str]]:
    return ((path, rank) for rank in ranks)
