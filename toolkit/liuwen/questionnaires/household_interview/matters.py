"""Matters raised (事项): what the household asked to have solved, carried here, and whatever else it asks to have done.

Each row carries a household's code, so matters of conduct are not offered: not even their existence is stored.
"""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import ASKING
from liuwen.questionnaires.household_interview.difficulties import ASKED, RANKED
from liuwen.questionnaires.household_interview.visit import CONSENTED
from liuwen.questionnaires.matters_raised import CONDUCT, matter_questions, publication

MOST = 5
"""Further matters of one visit."""


def matters(*, difficulties: bool) -> Item:
    """One row a matter; with the section on difficulties, the first rows are the three to be solved first."""
    carried = " + ".join(
        f"if(${{{name}}} != '' and ${{{name}}} != 'dont_know' and ${{{name}}} != 'refused', 1, 0)" for name in RANKED
    )
    counts = [
        b.calculate("matters_carried", f"if({ASKED}, {carried}, 0)" if difficulties else "0"),
        b.integer(
            "matters_more",
            zh="要办的具体事情，除了刚才说的，还有几件？" if difficulties else "有没有要镇里、村里办的具体事情？有几件？",
            en="Besides what was said, how many more matters are to be dealt with?"
            if difficulties
            else "How many matters does the household ask the village or town to deal with?",
            hint={"zh": "没有填0。", "en": "0 for none."},
            required=True,
            constraint=f". >= 0 and . <= {MOST}",
            constraint_message={"zh": f"请填0到{MOST}之间的数。", "en": f"Give a number from 0 to {MOST}."},
        ),
        b.calculate("matter_count", "${matters_carried} + coalesce(${matters_more}, 0)"),
    ]
    repeat = b.repeat(
        "matter",
        zh="事项",
        en="Matter",
        count="${matter_count}",
        relevant="${matter_count} > 0",  # phones ask a repeat that is counted 0 times once all the same
        items=[*(_carried() if difficulties else []), *matter_questions("visit_date", conduct=False, told=False)],
    )
    note = b.note("conduct_elsewhere", label=CONDUCT, hint=ASKING["visitor"])
    return b.group(
        "matters",
        zh="事项登记",
        en="Matters raised",
        relevant=CONSENTED,
        items=[*counts, note, repeat, *publication("${matter_count} > 0")],
    )


def _carried() -> list[Item]:
    place = "position(..)"
    words = f"if({place} = 1, ${{first_need_words}}, if({place} = 2, ${{second_need_words}}, ${{third_need_words}}))"
    codes = f"if({place} = 1, ${{first_need}}, if({place} = 2, ${{second_need}}, ${{third_need}}))"
    from_needs = f"{place} <= ${{matters_carried}}"
    return [
        b.calculate("matter_need", f"if({from_needs}, {codes}, '')"),
        b.calculate("matter_need_words", f"if({from_needs}, {words}, '')"),
        b.note(
            "matter_about",
            zh="刚才说的：${matter_need_words}",
            en="Mentioned before: ${matter_need_words}",
            relevant="${matter_need} != ''",
        ),
    ]
