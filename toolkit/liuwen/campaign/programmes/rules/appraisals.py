"""The weights of an appraisal sum to 1 exactly, and each part has one source."""

from collections.abc import Iterator
from decimal import Decimal

from liuwen.campaign.faults import Path
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

NOT_ONE = Sentence(
    zh="各部分权重之和是 {sum}，应正好是 1：{weights}。", en="The weights sum to {sum}, and must sum to 1 exactly: {weights}."
)
NO_WEIGHT = Sentence(zh="“{id}”没有写 weight。", en='"{id}" has no weight.')
ONE_SOURCE = Sentence(
    zh="“{id}”应有一个来源：from 或 items，两者只写一个。", en='"{id}" has one source: write either from or items.'
)


def weights_sum_to_one(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """The parts of each appraisal; an appraisal of gates alone has none."""
    for appraisal in programme.appraisals:
        path = ("appraisals", appraisal.id, "parts")
        for part in appraisal.parts:
            if part.weight is None:
                yield (*path, part.id), NO_WEIGHT.filled(id=part.id)
            if bool(part.from_) == bool(part.items):
                yield (*path, part.id), ONE_SOURCE.filled(id=part.id)
        weights = [part.weight for part in appraisal.parts if part.weight is not None]
        if len(weights) == len(appraisal.parts) > 0 and sum(weights, Decimal(0)) != 1:
            yield path, NOT_ONE.filled(sum=sum(weights, Decimal(0)), weights=" + ".join(map(str, weights)))
