"""Why an event was not counted, a step not taken, or somebody should look: each reason an id with its sentence.

Some ids carry a word of the programme: `phone` (a value that does not count), `not_from_done`, `not_responsible_or_desk`,
`without_reason`.
"""

from collections.abc import Callable

from liuwen.campaign.state_names import STATE_NAMES
from liuwen.messages import Sentence

ATTEMPTS = frozenset({"refused", "nobody", "no_adult", "another_day", "away", "vacant"})
"""What became of a visit at the door: values of the interview that are reasons of their own."""
REASONS = {
    "no_day": Sentence(zh="没有写日期。请补上日期后重新报送。", en="No day is given. Add it and send it again."),
    "unreadable_day": Sentence(
        zh="日期看不懂。请写成 2026-04-01 这样后重新报送。",
        en="The day cannot be read. Write it as 2026-04-01 and send it again.",
    ),
    "ends_before_it_begins": Sentence(zh="结束日早于开始日。请改正。", en="It ends before it begins. Correct it."),
    "given_twice": Sentence(zh="同一编码报送了两次，只算一次。", en="The same ID was given twice and counts once."),
    "replaced": Sentence(zh="已被更正后的一份代替。", en="A corrected version has replaced it."),
    "dated_after_received": Sentence(
        zh="日期晚于收到的日子。请更正日期。", en="It is dated after the day it was received. Correct the date."
    ),
    "no_person": Sentence(zh="没有写是谁做的。请补上人员编码。", en="It does not say who did it. Add the person's code."),
    "no_post_on_that_day": Sentence(
        zh="此人那天没有职务。请核对人员编码或职务登记。",
        en="That person held no post that day. Check the code, or the register of posts.",
    ),
    "no_such_household_that_day": Sentence(
        zh="那天没有这个户号。请核对户号。", en="There was no such household that day. Check the code."
    ),
    "no_household": Sentence(zh="没有写户号。请补上。", en="No household is given. Add its code."),
    "no_such_village": Sentence(zh="没有这个村。请核对村的编码。", en="There is no such village. Check its code."),
    "same_day_double": Sentence(
        zh="同一人同一天走访同一户，只算一次。", en="The same person visited the same household that day already; it counts once."
    ),
    "refused": Sentence(zh="受访户谢绝了，只作为一次尝试。", en="The household refused; it is an attempt only."),
    "nobody": Sentence(zh="家里没人，只作为一次尝试。", en="Nobody was at home; it is an attempt only."),
    "no_adult": Sentence(
        zh="家里没有能回答的大人，只作为一次尝试。", en="No adult who could answer was at home; it is an attempt only."
    ),
    "another_day": Sentence(zh="约了改天，只作为一次尝试。", en="Another day was asked for; it is an attempt only."),
    "away": Sentence(zh="整户在外，只作为一次尝试。", en="The whole household lives away; it is an attempt only."),
    "vacant": Sentence(zh="房子没人住，只作为一次尝试。", en="Nobody lives in the house; it is an attempt only."),
    "phone": Sentence(zh="是电话，不算走访。", en="It was a telephone call and does not count as a visit."),
    "no_matter": Sentence(zh="没有写是哪个事项。请补上事项编码。", en="It names no matter. Add the matter's code."),
    "no_such_step": Sentence(zh="方案里没有这个步骤。请核对步骤名。", en="The programme has no such step. Check its name."),
    "not_raised_yet": Sentence(
        zh="那天还没有登记这个事项。请核对事项编码和日期。",
        en="The matter had not been entered by that day. Check its code and the date.",
    ),
    "already_raised": Sentence(
        zh="这个事项已经登记过。如果是另一件事，请换一个编码登记。",
        en="The matter had been entered already. If this is another one, enter it with a code of its own.",
    ),
    "no_higher_tier": Sentence(
        zh="已在最后一级，不能再向上申请。请办结，或说明原因。",
        en="It is at the last tier; there is none to apply to. Finish it there, or explain why not.",
    ),
    "after_the_deadline": Sentence(
        zh="时限已过，不能再延期。请尽快办结；超期天数照实公布。",
        en="The deadline had passed; it could no longer be extended. Finish it; the days overdue are published as they are.",
    ),
    "too_many_times": Sentence(
        zh="这一步的次数已用完。请办结，或说明原因。",
        en="That step had been taken as often as it may be. Finish the matter, or explain why not.",
    ),
    "not_an_applicant": Sentence(
        zh="这一户不是本事项的申请人。请核对户号。", en="That household is not an applicant of the matter. Check its code."
    ),
    "which_applicant": Sentence(
        zh="还有不止一户没有答复，这一步没有写是哪一户。请由民情办补记。",
        en="More than one applicant still waits, and the step does not say which was answered. Let the desk enter it.",
    ),
    "no_such_class": Sentence(zh="没有这个类别。请核对类别。", en="There is no such class. Check its name."),
    "no_such_matter": Sentence(
        zh="要并入的事项不存在，或那天还没有登记。请核对编码和日期。",
        en="The matter to merge into does not exist, or was not entered yet. Check its code and the date.",
    ),
    "into_itself": Sentence(
        zh="事项不能并入自己。请写要并入的另一个事项。", en="A matter cannot be merged into itself. Name the other one."
    ),
    "into_a_duplicate": Sentence(
        zh="要并入的事项自己已经并入别的事项。请并入那一个。",
        en="The matter to merge into is merged into another itself. Name that one.",
    ),
    "into_a_finished_one": Sentence(
        zh="要并入的事项已撤回或当场解决，不能并入。请先重新办理那个事项，或另选一个。",
        en="The matter to merge into is withdrawn or settled; nothing can join it. Reopen it first, or name another.",
    ),
    "has_joined_applicants": Sentence(
        zh="别的事项已并入它，不能撤回或再并入。请继续办理它，把另一个并入它。",
        en="Other matters have joined it, so it can neither be withdrawn nor merged. Go on with it; merge the other one into it.",
    ),
    "no_such_step_to_void": Sentence(
        zh="要撤销的步骤不在这个事项里。请核对步骤编码。", en="The step to take back is not one of this matter's. Check its ID."
    ),
    "bears_the_matter": Sentence(
        zh="登记不能撤销，请用“撤回”。", en="The step that entered the matter cannot be taken back; withdraw the matter."
    ),
    "void_of_a_void": Sentence(zh="撤销本身不能再撤销。请重新报送那一步。", en="A void cannot be voided. Report the step again."),
    "voided": Sentence(zh="已由民情办撤销。", en="The desk took it back."),
    "after_that_day": Sentence(zh="在所看的那天之后。", en="It is after the day that is looked at."),
    "outside_the_period": Sentence(zh="不在这段时间里。", en="It is outside the period."),
    "visited_by_another_that_day": Sentence(
        zh="当天已有人走访过这一户，一户一天只算一次。",
        en="Somebody had visited the household that day already; a household and day count once.",
    ),
    "household_counted_already": Sentence(
        zh="这一户已经算过，户数只算一次。", en="The household was counted already; each counts once."
    ),
    "occasion_counted_already": Sentence(
        zh="同一天同一个地方已经算过一次。", en="The same day at the same place was counted already."
    ),
    "days_counted_already": Sentence(zh="这几天都已经算过，重叠的日子只算一次。", en="All its days were counted already."),
    "person_counted_already": Sentence(zh="这个人已经算过。", en="The person was counted already."),
    "pair_not_in_force": Sentence(zh="那天没有这个结对。", en="The pair did not stand that day."),
    "outside_paired_village": Sentence(
        zh="不在本单位结对的村，不算。", en="It was not in the village that is paired with the unit."
    ),
    "by_substitute": Sentence(zh="由别人代班。", en="Somebody else stood in."),
    "not_kept": Sentence(zh="当天没有接待记录。", en="There is no reception of that day."),
    "not_yet": Sentence(zh="还没到日子。", en="The day has not come yet."),
    "nobody_of_the_rank": Sentence(
        zh="这个村没有这种职务的人在岗。请登记人员或改值班表。",
        en="Nobody of that rank is at post there. Enter a post, or change the roster.",
    ),
    "two_places_on_one_day": Sentence(
        zh="同一天在两个地方值班。请安排换班。", en="On duty at two places on one day. Arrange a swap."
    ),
    "outside_the_roster": Sentence(
        zh="不是值班表上的日子，照样计入。日期写错了请更正。",
        en="It was not a day of the roster; it counts all the same. Correct the date if it is wrong.",
    ),
    "festival": Sentence(zh="节日走访", en="A festival visit is due."),
    "visits_owed": Sentence(zh="本期走访还不够", en="A visit of the period is due."),
    "pair": Sentence(zh="结对走访", en="A visit of the pair is due."),
    "answer_owed": Sentence(zh="事情办完了，还没答复", en="A matter is done and the household must be told."),
    "come_back": Sentence(zh="约好再去", en="Another visit was agreed."),
    "person_left": Sentence(
        zh="此人已经离任，结对还开着。请把结对交给接任的人。",
        en="The person holds no post any more and the pair still stands. Pass it on to the successor.",
    ),
    "no_such_subject": Sentence(
        zh="结对对象不在登记册里，或已经不在了。请核对。",
        en="The other side is not in the register, or no longer there. Check it.",
    ),
    "unreadable_amount": Sentence(zh="金额看不懂。请写成数字。", en="The amount cannot be read. Write a number."),
    "two_villages_one_night": Sentence(zh="同一个晚上记在两个村。请核对。", en="One night is entered in two villages. Check it."),
    "late": Sentence(zh="补报：报送晚于规定的天数。", en="Reported late."),
    "sent_by_another": Sentence(
        zh="报送人与所写的人不同，按报送人计。", en="Sent by another than the person named; it is counted for the sender."
    ),
    "unreadable_deadline": Sentence(
        zh="时限日期看不懂，按层级的天数计。", en="The deadline cannot be read; the tier's days are used."
    ),
}
_NOT_FROM = Sentence(
    zh="当时状态是“{state}”，不能做这一步。请核对是哪个事项、哪一天。",
    en='The matter was "{state}" then, from where this step cannot be taken. Check which matter was meant, and the day.',
)
_NOT_WHO = Sentence(
    zh="做这一步的人当时不是{who}。请由能做的人来做，或更正职务登记。",
    en="Whoever took the step was not {who} then. Let somebody who may take it, or correct the register of posts.",
)
_WITHOUT = Sentence(zh="没有写{what}。请补上。", en="It does not say: {what}. Add it.")
_WHERE = Sentence(
    zh="“{what}”的值不符合这一步的条件。请核对这一项。", en='The value of "{what}" does not allow this step. Check it.'
)
_TOO_FEW = Sentence(zh="结对的{kind}不够。", en="Too few of kind: {kind}.")
_TOO_MANY = Sentence(zh="结对的{kind}多了。", en="Too many of kind: {kind}.")
_TOO_FEW_POOR = Sentence(zh="结对的{kind}中，生活困难的不够。", en="Too few in hardship of kind: {kind}.")
_NOT_ALL_POOR = Sentence(zh="结对的{kind}应当都是生活困难的。", en="All should be in hardship of kind: {kind}.")
_OUTSIDE = Sentence(zh="结对对象不在本{place}。", en="The other side lies outside the {place}.")
_KINDS = {
    "party_member": Sentence(zh="党员", en="party member"),
    "resident": Sentence(zh="群众", en="resident"),
    "household": Sentence(zh="户", en="household"),
    "enterprise": Sentence(zh="企业", en="enterprise"),
    "project": Sentence(zh="项目", en="project"),
}
_PLACES = {
    "village": Sentence(zh="村", en="village"),
    "town": Sentence(zh="镇", en="town"),
    "district": Sentence(zh="区县", en="district"),
    "county": Sentence(zh="县", en="county"),
}
_ONLY = Sentence(zh="这项职责只算“{what}”为指定值的事件。", en='The duty counts only events with certain values of "{what}".')
_DOES_NOT_COUNT = Sentence(zh="“{value}”按方案不计。", en='"{value}" does not count in this programme.')
_WHO = {
    "responsible": Sentence(zh="责任人", en="responsible"),
    "handler": Sentence(zh="经办人", en="handler"),
    "desk": Sentence(zh="民情办", en="the desk"),
    "next_tier": Sentence(zh="上一级", en="of the next tier"),
}
_WHAT = {
    "title": Sentence(zh="事项", en="title"),
    "village": Sentence(zh="村", en="village"),
    "class": Sentence(zh="类别", en="class"),
    "reason": Sentence(zh="理由", en="reason"),
    "note": Sentence(zh="办理情况", en="note"),
    "deadline": Sentence(zh="时限", en="deadline"),
    "applicant": Sentence(zh="申请人", en="applicant"),
    "of": Sentence(zh="并入哪个事项", en="of which matter"),
    "undoes": Sentence(zh="撤销哪一步", en="which step it takes back"),
}


def reason_sentence(reason: str) -> Sentence:
    """Say in words what the ID of a reason means.

    Args:
        reason: The ID, as in the column `why`.

    Returns:
        The reason in both languages.

    Example:
        >>> reason_sentence("without_reason").en
        'It does not say: reason. Add it.'
    """
    if reason in REASONS:
        return REASONS[reason]
    for prefix, said in _PREFIXES.items():
        if reason.startswith(prefix):
            return said(reason.removeprefix(prefix))
    return _DOES_NOT_COUNT.filled(value=reason)


def _joined(words: list[str]) -> Sentence:
    said = [_WHO.get(word, _plain(word)) for word in words]
    return Sentence(zh="、".join(one.zh for one in said), en=" or ".join(one.en for one in said))


def _plain(word: str) -> Sentence:
    return Sentence(zh=word, en=word)


_PREFIXES: dict[str, Callable[[str], Sentence]] = {
    "not_all_in_hardship_": lambda word: _NOT_ALL_POOR.filled(kind=_KINDS.get(word, _plain(word))),
    "not_from_": lambda word: _NOT_FROM.filled(state=STATE_NAMES.get(word, _plain(word))),
    "not_": lambda word: _NOT_WHO.filled(who=_joined(word.split("_or_"))),
    "without_": lambda word: _WITHOUT.filled(what=_WHAT.get(word, _plain(word))),
    "where_": lambda word: _WHERE.filled(what=word),
    "too_few_in_hardship_": lambda word: _TOO_FEW_POOR.filled(kind=_KINDS.get(word, _plain(word))),
    "too_few_": lambda word: _TOO_FEW.filled(kind=_KINDS.get(word, _plain(word))),
    "too_many_": lambda word: _TOO_MANY.filled(kind=_KINDS.get(word, _plain(word))),
    "outside_the_": lambda word: _OUTSIDE.filled(place=_PLACES.get(word, _plain(word))),
    "only_": lambda word: _ONLY.filled(what=word),
}
