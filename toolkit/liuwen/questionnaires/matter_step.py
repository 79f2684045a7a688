"""A step of a matter (事项进展): what was done about it, one submission a step, never changed afterwards.

Wording: the project's own. Used for: the fold of the ledger; a step that its state does not allow becomes an exception, and
no report is lost. The matter is chosen from the list `matters`, which the server writes; only the steps that its state allows
are offered, and `after` is the last step that this phone knew of, so that a step never stands before the one it answers.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.errors import FormError
from liuwen.form import builder as b
from liuwen.form.builder.building import Item, Options
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import VERSION, field_form, later_day, line, no_names, on_day, registers

if TYPE_CHECKING:
    import pandas as pd

Step = Mapping[str, object]
"""A step as defined in a programme: `id`, `zh`, `en`, `from` (states; empty if the step is possible in any), `needs`."""

LIST = "matters.csv"
STATES = ("open", "applied", "done", "explained", "closed", "withdrawn", "settled", "duplicate")
_OPEN = ("open", "applied")


def _step(name: str, zh: str, en: str, states: Sequence[str], needs: Sequence[str] = ()) -> Step:
    return MappingProxyType({"id": name, "zh": zh, "en": en, "from": tuple(states), "needs": tuple(needs)})


STEPS: tuple[Step, ...] = (
    _step("settle", "当场解决", "Settled on the spot", (), ["note"]),
    _step("raise", "登记", "Entered", (), ["title", "village"]),
    _step("sort", "归类", "Put into a class", ("open", "applied", "done", "explained"), ["class"]),
    _step("apply", "向上一级申请", "Applied to the tier above", ("open",), ["reason"]),
    _step("accept", "受理", "Accepted", ("applied",), ["deadline"]),
    _step("refuse", "退回", "Refused", ("applied",), ["reason"]),
    _step("note", "注明办理情况", "Progress noted", _OPEN, ["note"]),
    _step("extend", "延期（到期前，只一次）", "Extended (once, before the deadline)", ("open",), ["deadline", "reason"]),
    _step("done", "办结", "Done", _OPEN, ["note"]),
    _step("explain", "办不了，解释说明", "Cannot be done, and explained", _OPEN, ["reason"]),
    _step("answer", "已答复提的人", "Answer given to the applicant", ("done", "explained", "closed"), ["applicant"]),
    _step("withdraw", "提的人不要办了", "Withdrawn", _OPEN, ["reason"]),
    _step("duplicate", "并入另一件", "Merged into another", _OPEN, ["of"]),
    _step("reopen", "重新办理", "Reopened", ("done", "explained", "closed", "withdrawn", "settled"), ["deadline", "reason"]),
    _step("void", "撤销填错的一步", "A mistaken step undone", STATES, ["reason"]),
)
"""The fifteen steps of the ledger; `settle` and `raise` create a matter and come from other forms."""
REACHED = b.choices(
    "reached",
    ("five", "很满意", "Very satisfied"),
    ("four", "比较满意", "Fairly satisfied"),
    ("three", "说不上满意，也说不上不满意", "Neither satisfied nor dissatisfied"),
    ("two", "不太满意", "Fairly dissatisfied"),
    ("one", "很不满意", "Very dissatisfied"),
    ("not_asked", "没有问", "Was not asked"),
)
HOW = b.choices(
    "answered_how",
    ("phone", "打了电话", "By telephone"),
    ("visit", "上门说了", "By a visit"),
    ("board", "贴了公开栏", "On the village board"),
    ("not_reached", "没有联系上", "Could not be reached"),
)
NO_STEPS = Sentence(
    zh="没有可以在手机上做的步骤：每一步要有 id、zh、en，至少一步要写明 from（从哪些状态来）。",
    en="There is no step to take on a phone; each step needs id, zh and en, and at least one says from which states it comes.",
)


def matter_step(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    steps: Sequence[Step] = STEPS,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """A step of a matter that is open in one's village, or that is to be reopened.

    Args:
        villages: As for `household_interview`; its households are not used.
        people: As for `household_interview`.
        steps: The steps of the programme's ledger, as plain data; the ledger's fifteen unless given. Steps without
            `from` states create a matter, and are not offered here.
        languages: The languages of the form.
        version: The form's version.

    Returns:
        The form. Its list `matters.csv` is empty: the server's own list of that name takes its place.

    Raises:
        FormError: No step comes from any state, or one lacks its name or wording.

    >>> form = matter_step()
    >>> form["matter"].cell("choice_filter")
    "village = ${village} and active = '1'"
    """
    place = registers(villages, people, languages)
    offered = _offered(steps)
    return field_form(
        "matter_step",
        "事项进展",
        "A step of a matter",
        place=place,
        items=[place.visitor, *place.village, *_which(), *_taken(offered, steps)],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${on_day}, ' ', ${step})",
        media={LIST: _EMPTY.encode()},
    )


_COLUMNS = (
    "name label village for_phone town active state tier responsible handler deadline waiting_for round last_note last_step "
    "number title updated_on"
).split()
_EMPTY = ",".join(_COLUMNS) + "\n"


def _offered(steps: Sequence[Step]) -> Options:
    rows = []
    for step in steps:
        if step.get("from"):
            if not all(step.get(key) for key in ("id", "zh", "en")):
                raise FormError(NO_STEPS)
            states = step["from"]
            given = states.split() if isinstance(states, str) else [str(state) for state in states]  # type: ignore[attr-defined]
            rows.append((str(step["id"]), str(step["zh"]), str(step["en"]), {"from_states": " ".join(given)}))
    if not rows:
        raise FormError(NO_STEPS)
    return b.choices("step", *rows)


def _which() -> list[Item]:
    matters = b.from_file(LIST)
    open_ones = "village = ${village} and active = '1'"
    which = one(
        "matter",
        matters,
        asking="visitor",
        zh="哪一件？",
        en="Which matter?",
        choice_filter=open_ones,
        appearance="minimal autocomplete",
        relevant=equals("about", "active"),
    )
    struck_off = one(
        "matter_struck_off",
        matters,
        asking="visitor",
        zh="要重新办的是哪一件？",
        en="Which one is to be reopened?",
        choice_filter="village = ${village} and active != '1'",
        appearance="minimal autocomplete",
        relevant=equals("about", "struck_off"),
    )
    kinds = b.choices(
        "about",
        ("active", "没办结的事", "A matter that is open"),
        ("struck_off", "已经销号、要重新办的事", "One that was struck off and must be reopened"),
    )
    about = one("about", kinds, asking="visitor", zh="是哪一种？", en="Which kind?", default="active")
    chosen = "if({}, ${{matter_struck_off}}, ${{matter}})".format(equals("about", "struck_off"))
    row = "instance('matters')/root/item[name = ${matter_id}]"
    return [
        about,
        which,
        struck_off,
        b.calculate("matter_id", chosen),
        b.calculate("state", f"{row}/state"),
        b.calculate("after", f"{row}/last_step"),
        b.calculate("deadline_before", f"{row}/deadline"),
    ]


def _taken(offered: Options, steps: Sequence[Step]) -> list[Item]:
    step = one(
        "step",
        offered,
        asking="visitor",
        zh="做到哪一步？",
        en="Which step?",
        choice_filter="selected(from_states, ${state})",
        relevant="${state} != ''",
    )
    return [step, on_day(), *_said(steps)]


def _said(steps: Sequence[Step]) -> list[Item]:
    reasons = _needing(steps, "reason", "note")
    deadlines = _needing(steps, "deadline")
    return [
        *(
            [line("reason", "写明情况或原因", "State what happened, or the reason", hint=no_names(), relevant=reasons)]
            if reasons
            else []
        ),
        *(
            [later_day("new_deadline", "新的期限是哪天？", "What is the new deadline?", "on_day", relevant=deadlines)]
            if deadlines
            else []
        ),
        b.text(
            "handler",
            zh="由谁来办？（职务）",
            en="Who will handle it? (post)",
            relevant=_needing(steps, "deadline"),
            hint={"zh": "不变就不填。", "en": "Leave blank if unchanged."},
        ),
        *_of(steps),
        *_answered(steps),
        b.image(
            "result_photo",
            zh="办成后的照片",
            en="Photo of the result",
            hint={
                "zh": "只拍公共设施，不拍人、不拍住户家里；可以不拍。",
                "en": "Public facilities only, no people, no homes; may be left out.",
            },
            relevant=equals("step", "done"),
            parameters="max-pixels=1600",
        ),
    ]


def _of(steps: Sequence[Step]) -> list[Item]:
    merged, sorted_ = _needing(steps, "of"), _needing(steps, "class")
    classes = b.choices(
        "ledger_class",
        ("difficulty", "实际困难", "A practical difficulty"),
        ("shortfall", "工作不足", "A shortfall of work"),
        ("suggestion", "发展建议", "A suggestion for development"),
    )
    duplicate = one(
        "duplicate_of",
        b.from_file(LIST),
        asking="visitor",
        zh="和哪一件是同一件事？",
        en="Which matter is it the same as?",
        choice_filter="village = ${village} and name != ${matter_id}",
        appearance="minimal autocomplete",
        relevant=merged,
    )
    sort = one("sorted_into", classes, asking="visitor", zh="归到哪一类？", en="Into which class?", relevant=sorted_)
    return [*([duplicate] if merged else []), *([sort] if sorted_ else [])]


def _answered(steps: Sequence[Step]) -> list[Item]:
    answered = _needing(steps, "applicant")
    if not answered:
        return []
    return [
        one("answered_how", HOW, asking="visitor", zh="怎么答复的？", en="How was the applicant told?", relevant=answered),
        one(
            "applicant_satisfied",
            REACHED,
            zh="这件事这样办，您满不满意？",
            en="How satisfied or dissatisfied are you with how it was handled?",
            relevant="({}) and ({})".format(answered, equals("answered_how", "phone", "visit")),
        ),
    ]


def _needing(steps: Sequence[Step], *what: str) -> str:
    """The condition that the chosen step needs any of `what`; steps that create a matter are left out."""
    named = [str(step["id"]) for step in steps if step.get("from") and set(what) & set(step.get("needs", ()))]  # type: ignore[call-overload]
    return equals("step", *named) if named else ""
