"""A matter's story in words: every step, what came of it, and where the matter stands."""

from collections.abc import Mapping
from types import MappingProxyType

from liuwen.campaign.days import date_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.reasons import reason_sentence
from liuwen.campaign.state_names import STATE_NAMES
from liuwen.messages import Sentence

BEGINS = Sentence(zh="{number}（{village}）：{title}", en="{number} ({village}): {title}")
STEP = Sentence(zh="{day}，{who}{desk}：{step}{late}{note}", en="{day}, {who}{desk}: {step}{late}{note}")
DESK = Sentence(zh="（{who}代录）", en=" (entered by {who})")
NOT_TAKEN = Sentence(zh="{line}。没有采纳：{why}", en="{line}. Not taken: {why}")
LATE = Sentence(zh="（所记日期 {on}，{known} 收到，补报）", en=" (dated {on}, received {known}, reported late)")
NOTE = Sentence(zh="：{note}", en=": {note}")
JOINED = Sentence(zh="已并入 {other}", en="merged into {other}")
STANDS = Sentence(zh="{on} 的情况：{state}。{more}", en="On {on}: {state}.{more}")
NEVER_RAISED = Sentence(zh="{on}：这个事项还没有登记。", en="On {on}: the matter has not been entered.")
RESPONSIBLE = Sentence(zh="责任人 {who}。", en=" Responsible: {who}.")
NOBODY = Sentence(zh="没有人负责。", en=" Nobody is responsible.")
DUE = Sentence(zh="时限 {day}。", en=" Due {day}.")
OVERDUE = Sentence(zh="时限 {day}，已超期 {days} 天。", en=" Due {day}, days overdue: {days}.")
AWAITED = Sentence(zh="还有 {count} 户待反馈。", en=" Households still to be answered: {count}.")
BROKEN = Sentence(zh="没有如期。", en=" The promise was not kept.")
SOMEBODY = Sentence(zh="未具名", en="unnamed")


def story_of(
    ledger: TownLedger, matter: str, people: Mapping[str, str], places: Mapping[str, str] = MappingProxyType({})
) -> Sentence:
    """The story of a matter, line by line; applicants are counted and never named."""
    steps = ledger.steps[ledger.steps["matter"] == matter]
    held = ledger.folded.matters.get(matter)
    lines = [_beginning(ledger, matter, held, places)]
    names = {step.id: step.name for step in ledger.rule.steps}
    columns = ("day", "on", "known", "by", "entered_by", "step", "note", "late", "why")
    for day, on, known, by, desk, step, note, late, why in zip(*(steps[name].tolist() for name in columns), strict=True):
        said = STEP.filled(
            day=date_of(day),
            who=people.get(by, by) or SOMEBODY,
            desk=DESK.filled(who=people.get(desk, desk)) if desk not in ("", by) else "",
            step=names[step],
            late=LATE.filled(on=date_of(on), known=date_of(known)) if late else "",
            note=NOTE.filled(note=note) if note else "",
        )
        lines.append(NOT_TAKEN.filled(line=said, why=reason_sentence(why)) if why else said)
    lines.append(_standing(ledger, held, people) if held else NEVER_RAISED.filled(on=date_of(ledger.on)))
    return Sentence(zh="\n".join(line.zh for line in lines), en="\n".join(line.en for line in lines))


def _beginning(ledger: TownLedger, matter: str, held: Matter | None, places: Mapping[str, str]) -> Sentence:
    number, village = ledger.numbers.get(matter, matter), held.village if held else ""
    return BEGINS.filled(number=number, village=places.get(village, village), title=held.title if held else "")


def _standing(ledger: TownLedger, held: Matter, people: Mapping[str, str]) -> Sentence:
    named = JOINED if held.state == "duplicate" else STATE_NAMES.get(held.state, Sentence(zh=held.state, en=held.state))
    state = named.filled(other=ledger.numbers.get(held.joined_to, held.joined_to))
    if not held.entered:
        return STANDS.filled(on=date_of(ledger.on), state=state, more="")
    row = ledger.table[ledger.table["matter"] == held.id].iloc[0]
    more: list[Sentence] = []
    if held.state in ledger.rule.open_states and held.deadline is not None:
        said = OVERDUE if row["overdue_days"] else DUE
        more.append(said.filled(day=date_of(held.deadline), days=row["overdue_days"]))
    if held.state not in ("closed", *ledger.rule.ends):
        who = row["responsible"]
        more.append(RESPONSIBLE.filled(who=people.get(who, who)) if who else NOBODY)
        if held.state not in ledger.rule.open_states and held.awaiting:
            more.append(AWAITED.filled(count=len(held.awaiting)))
    if row["promise_kept"] == "no":
        more.append(BROKEN)
    together = Sentence(zh="".join(one.zh for one in more), en="".join(one.en for one in more))
    return STANDS.filled(on=date_of(ledger.on), state=state, more=together)
