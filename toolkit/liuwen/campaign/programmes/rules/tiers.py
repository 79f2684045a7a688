"""Above the first tier, somebody answers."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

NO_TIERS = Sentence(zh="台账没有 tiers（层级）。至少写一级。", en="The ledger has no tiers. Write at least one.")
NO_OFFICE = Sentence(
    zh='层级“{tier}”没有写 office：申请到这一级由谁受理？请写职务，如 office = ["town_office"]。',
    en='The tier "{tier}" has no office: who answers an application there? Name ranks, as office = ["town_office"].',
)
NO_DAYS = Sentence(zh="层级“{tier}”没有写 days（期限天数）。", en='The tier "{tier}" has no days: how long does it have?')


def tiers_have_offices(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Every ledger has a tier, every tier a time, and every tier above the first an office."""
    for ledger in programme.ledgers:
        path = ("ledgers", ledger.id, "tiers")
        if not ledger.tiers:
            yield path[:-1], NO_TIERS
        for number, tier in enumerate(ledger.tiers):
            if number and not tier.office:
                yield (*path, tier.id), NO_OFFICE.filled(tier=tier.id)
            if tier.days <= 0:
                yield (*path, tier.id), NO_DAYS.filled(tier=tier.id)
