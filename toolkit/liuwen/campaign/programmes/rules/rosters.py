"""Of a roster's slots the first that matches a day wins; a later one that never wins is a fault."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path
from liuwen.campaign.schema import Programme, SlotRule
from liuwen.messages import Sentence

NO_SLOTS = Sentence(zh="值班表没有 slots。", en="The roster has no slots.")
NEVER_WINS = Sentence(
    zh="第 {later} 个时段的 {weekday} 永远轮不到：第 {earlier} 个时段先匹配同样的日子。请改其中一个。",
    en="Slot {later} never comes on a {weekday}: slot {earlier} matches the same days first. Change one of them.",
)


def slots_can_match(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Each weekday of each slot against the slots before it."""
    for roster in programme.rosters:
        path = ("rosters", roster.id, "slots")
        if not roster.slots:
            yield path[:-1], NO_SLOTS
        for later, slot in enumerate(roster.slots):
            for weekday in slot.weekdays:
                earlier = next((at for at in range(later) if _takes_all(roster.slots[at], weekday, slot)), None)
                if earlier is not None:
                    yield path, NEVER_WINS.filled(later=later + 1, earlier=earlier + 1, weekday=weekday)


def _takes_all(earlier: SlotRule, weekday: str, later: SlotRule) -> bool:
    return weekday in earlier.weekdays and earlier.weeks in ("", later.weeks)
