"""What of registers makes a duty, pair or roster go wrong later: each a warning with what to do, and its number."""

from collections.abc import Iterator

from liuwen.campaign.days import EVER, date_of
from liuwen.campaign.faults import CampaignFault
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

LEAVE_WITHOUT_END = Sentence(
    zh="{person} 自 {day} 起的请假没有写结束日：以后的日子都不算应走访。请写上 to。",
    en="The leave of {person} from {day} has no end: nothing is owed from then on. Give it its to.",
)
PAIR_OF_LEAVER = Sentence(
    zh="{person} 在 {day} 之后没有职务，与 {subject} 的结对还开着。请把结对交给接任的人。",
    en="{person} holds no post after {day}, and the pair with {subject} still stands. Pass it on to the successor.",
)
PAIR_OF_NOBODY = Sentence(
    zh="{person} 从来没有职务，却与 {subject} 结了对。请核对人员编码。",
    en="{person} never held a post and has a pair with {subject}. Check the person's code.",
)
NO_SUBJECT = Sentence(
    zh="结对对象 {subject} 不在登记册里（{person}）。请核对编码。",
    en="The other side of a pair, {subject}, is in no register ({person}). Check the code.",
)
NOBODY_THERE = Sentence(
    zh="{count} 个村没有登记任何人：{villages}。请补职务登记。",
    en="Villages without anybody posted, {count}: {villages}. Enter the posts.",
)
NOBODY_OF_RANK = Sentence(
    zh="值班表“{roster}”：{count} 个村没有“{rank}”：{villages}。那些天空着。请登记人员或改值班表。",
    en='Roster "{roster}": villages without "{rank}", {count}: {villages}. Their days stay empty. Enter their posts.',
)


def duty_faults(registers: Registers, programme: Programme) -> list[CampaignFault]:
    """Everything in the registers that somebody should look at before duties are read."""
    found = [
        *(("leave", said) for said in _leave(registers)),
        *(("pairs", said) for said in _pairs(registers)),
        *(("posts", said) for said in _villages(registers)),
        *(("posts", said) for said in _rosters(registers, programme)),
    ]
    return [CampaignFault(said, ("registers", name), severity="warning") for name, said in found]


def _leave(registers: Registers) -> Iterator[Sentence]:
    rows = registers.table("leave")
    endless = rows[rows["to"] >= EVER]
    for person, begins in zip(endless["person"], endless["from"], strict=True):
        yield LEAVE_WITHOUT_END.filled(person=person, day=date_of(int(begins)) if abs(int(begins)) < EVER else "?")


def _pairs(registers: Registers) -> Iterator[Sentence]:
    rows = registers.table("pairs")
    last_days = registers.table("posts").groupby("person")["to"].max()
    known = {
        *registers.table("subjects")["subject"],
        *registers.table("enterprises")["enterprise"],
        *registers.table("households")["household"],
    }
    for person, subject, ends in zip(rows["person"], rows["subject"], rows["to"], strict=True):
        last = last_days.get(person)
        if registers.has("posts") and last is None:
            yield PAIR_OF_NOBODY.filled(person=person, subject=subject)
        elif registers.has("posts") and last is not None and last < ends:
            yield PAIR_OF_LEAVER.filled(person=person, subject=subject, day=date_of(int(last)))
        if known and subject not in known:
            yield NO_SUBJECT.filled(person=person, subject=subject)


def _villages(registers: Registers) -> Iterator[Sentence]:
    if not (registers.has("places") and registers.has("posts")):
        return
    empty = sorted(set(_of_level(registers)) - set(registers.table("posts")["place"]))
    if empty:
        yield NOBODY_THERE.filled(count=len(empty), villages=_some(empty))


def _rosters(registers: Registers, programme: Programme) -> Iterator[Sentence]:
    if not (registers.has("places") and registers.has("posts")):
        return
    posts = registers.table("posts")
    for roster in programme.rosters:
        for rank in dict.fromkeys(slot.rank for slot in roster.slots):
            empty = sorted(set(_of_level(registers)) - set(posts.loc[posts["rank"] == rank, "place"]))
            if empty:
                name = programme.ranks[rank]
                said = Sentence(zh=name.zh, en=name.en)
                yield NOBODY_OF_RANK.filled(roster=roster.name, rank=said, count=len(empty), villages=_some(empty))


def _of_level(registers: Registers) -> list[str]:
    places = registers.table("places")
    return list(places.loc[places["level"] == "village", "place"])


def _some(villages: list[str]) -> str:
    return ", ".join(villages[:12]) + (" …" if len(villages) > 12 else "")
