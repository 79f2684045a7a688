"""A duty says what it counts and how much of it is owed; a share or a sum says of what."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.schema import DutyRule, Programme
from liuwen.messages import Sentence

NO_EVENT = Sentence(zh="没有写 event：数什么事件？", en="No event: which events does it count?")
NO_BOUND = Sentence(zh="没有写 at_least 或 at_most：要求多少？", en="Neither at_least nor at_most: how much is owed?")
NO_BASE = Sentence(
    zh='measure = "{measure}" 没有写 of：占什么的比例，或加总什么？可以填：{words}。',
    en='measure = "{measure}" has no of: a share, or a sum, of what? Known: {words}.',
)
UNKNOWN_BASE = Sentence(zh='不认识 of = "{of}"。{suggestion}', en='Unknown of = "{of}". {suggestion}')
NO_OWNER_OF = Sentence(zh='each = "{each}" 没有写 {key}。{suggestion}', en='each = "{each}" has no {key}. {suggestion}')
NO_SUCH_OWNER = Sentence(
    zh='职责不能是 each = "{each}"。可以填：{words}。', en='A duty cannot be of each = "{each}". Known: {words}.'
)
NO_FESTIVALS = Sentence(
    zh='per = "festival"，但 [calendar.festivals] 里没有节日。',
    en='per = "festival", but there is no festival in [calendar.festivals].',
)
OWNERS = ("person", "village", "unit", "household", "pair", "slot")
UNKNOWN = Sentence(zh="“{word}”不在 [{table}] 里。{suggestion}", en='"{word}" is not in [{table}]. {suggestion}')
BASES = ("households_visited", "people_of_unit")


def duties_are_complete(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """What each duty counts, how much is owed, of what, and that all it names exists."""
    for duty in programme.duties:
        path = ("duties", duty.id)
        if not duty.event:
            yield path, NO_EVENT
        if duty.at_least is None and duty.at_most is None:
            yield path, NO_BOUND
        yield from ((path + at, said) for at, said in _base(duty))
        yield from ((path + at, said) for at, said in _owner(duty, programme))
        yield from ((path + at, said) for at, said in _references(duty, programme))


def _base(duty: DutyRule) -> Iterator[tuple[Path, Sentence]]:
    needs_base = duty.measure == "sum" or (duty.measure == "share" and duty.each != "slot")
    if needs_base and not duty.of:
        yield (), NO_BASE.filled(measure=duty.measure, words=", ".join(BASES) if duty.measure == "share" else "money")
    if duty.measure == "share" and duty.of and duty.of not in BASES:
        yield ("of",), UNKNOWN_BASE.filled(of=duty.of, suggestion=suggestion(duty.of, BASES))


def _owner(duty: DutyRule, programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    if duty.each not in OWNERS:
        yield ("each",), NO_SUCH_OWNER.filled(each=duty.each, words=", ".join(OWNERS))
    known = {"pair": ("pairing", programme.pairings), "slot": ("roster", programme.rosters)}
    if duty.each in known:
        key, rules = known[duty.each]
        if not getattr(duty, key):
            ids = tuple(one.id for one in rules)
            yield (), NO_OWNER_OF.filled(each=duty.each, key=key, suggestion=suggestion("", ids))
    if duty.per.word == "festival" and not programme.calendar.festivals:
        yield ("per",), NO_FESTIVALS


def _references(duty: DutyRule, programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    named = [("group", group, "groups", tuple(programme.groups)) for group in duty.group]
    named.append(("pairing", duty.pairing, "pairings", tuple(one.id for one in programme.pairings)))
    named.append(("roster", duty.roster, "rosters", tuple(one.id for one in programme.rosters)))
    for key, word, table, known in named:
        if word and word not in known:
            yield (key,), UNKNOWN.filled(word=word, table=table, suggestion=suggestion(word, known))
