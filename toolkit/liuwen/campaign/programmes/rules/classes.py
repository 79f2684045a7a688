"""A confidential class has a receiver."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

NO_RECEIVER = Sentence(
    zh="保密类别“{id}”没有写 receiver：信件加密给谁？请写职务。",
    en='The confidential class "{id}" has no receiver: to whom is the letter encrypted? Name a rank.',
)


def classes_have_receivers(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Every confidential class of every ledger."""
    for ledger in programme.ledgers:
        for one in ledger.classes:
            if one.confidential and not one.receiver:
                yield ("ledgers", ledger.id, "classes", one.id), NO_RECEIVER.filled(id=one.id)
