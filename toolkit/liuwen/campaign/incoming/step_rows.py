"""A sheet with a row a step: columns are put in the programme's words, and each row is one event."""

from typing import Any

from liuwen.campaign.incoming.matter_rows import MatterReading, StepCells
from liuwen.campaign.incoming.naming import read_applicants
from liuwen.campaign.incoming.sheet_rows import SheetRow
from liuwen.campaign.incoming.vocabulary import cells
from liuwen.campaign.incoming.written_days import written_day, written_deadline
from liuwen.messages import Sentence

NO_MATTER = Sentence(zh="没有写是哪个事项。请补上编号。", en="It names no matter. Add its number.")
NO_STEP = Sentence(zh="不认识这个步骤。可以填：{steps}。", en="This step is not known. Known: {steps}.")
NO_DAY = Sentence(
    zh="日期没有写或看不懂。请写成 2026-03-05 这样。", en="The day is missing or cannot be read. Write it as 2026-03-05."
)
BAD_DAY = Sentence(zh="日期看不懂，没有用。", en="This day cannot be read and was not used.")
NO_CLASS = Sentence(zh="方案里没有这个类别。", en="The programme has no such class.")
AS_THEY_STAND = (
    "title",
    "words",
    "note",
    "reason",
    "of",
    "event",
    "after",
    "undoes",
    "replaces",
    "satisfied",
    "channel",
    "synthetic",
)


def step_of_row(row: SheetRow, reading: MatterReading, steps: tuple[Sentence, ...]) -> list[StepCells]:
    """The event of one row; [] where it cannot be placed, which is then said."""
    names = reading.names
    matter, step = row.text("matter") or row.text("running"), names.steps.whole(row.text("step"))
    day = written_day(row.cells.get("on", row.cells.get("raised", "")), reading.year)
    if not matter:
        row.refuse(NO_MATTER)
    elif not step:
        row.refuse(NO_STEP.filled(steps=_listed(steps)))
    elif day is None:
        row.refuse(NO_DAY)
    else:
        held: StepCells = {"matter": matter, "step": step, "on": day, "row": row.number, "sheet": row.sheet}
        return [held | _said(row, reading, matter)]
    return []


def _said(row: SheetRow, reading: MatterReading, matter: str) -> StepCells:
    names = reading.names
    held: StepCells = {role: row.text(role) for role in AS_THEY_STAND if row.has(role)}
    held["village"] = names.village(row.text("village") or reading.sheet_village)
    for role in ("by", "handler", "sent_by", "entered_by"):
        if row.has(role):
            held[role] = names.person(row.text(role))
    if not held.get("by") and row.has("first_visitor"):
        held["by"] = names.person(row.text("first_visitor"))
    if satisfied := cells("satisfied").whole(row.text("satisfied")):
        held["satisfied"] = satisfied
    return held | _topic(row, reading) | _days(row, reading) | _household(row, reading, matter)


def _topic(row: SheetRow, reading: MatterReading) -> StepCells:
    if not row.has("class"):
        return {}
    said = row.text("class")
    found = reading.names.topic(said) if said else ""
    if said and not found:
        row.refuse(NO_CLASS, "class")
    return {"class": found}


def _days(row: SheetRow, reading: MatterReading) -> StepCells:
    held: dict[str, Any] = {}
    on = written_day(row.cells.get("on", row.cells.get("raised", "")), reading.year)
    for role, name in (("deadline", "deadline"), ("received", "known")):
        if role not in row.cells:
            continue
        cell = row.cells[role]
        if role == "deadline" and on is not None:
            day = written_deadline(cell, reading.year, on, reading.workdays_after)
        else:
            day = written_day(cell, reading.year, on)
        if day is None:
            row.refuse(BAD_DAY, role)
        else:
            held[name] = day
    return held


def _household(row: SheetRow, reading: MatterReading, matter: str) -> StepCells:
    """Codes as they stand; a name becomes a code that is the same in every row of the matter."""
    if row.text("household"):
        return {"household": " ".join(read_applicants(row.text("household"), reading.names, codes_only=True).codes)}
    said = row.text("applicant")
    found = read_applicants(said, reading.names)
    if not found.unnamed:
        return {"household": " ".join(found.codes)} if row.has("applicant") else {}
    codes = reading.code_of(matter, said, found.unnamed)
    row.hide_name(", ".join(codes[:3]))
    return {"household": " ".join([*found.codes, *codes])}


def _listed(steps: tuple[Sentence, ...]) -> Sentence:
    return Sentence(zh="、".join(step.zh for step in steps), en=", ".join(step.en for step in steps))
