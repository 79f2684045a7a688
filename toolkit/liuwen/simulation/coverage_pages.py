"""The pages `docs/questionnaire-coverage.md` and its Chinese twin: what simulated respondents reach of each questionnaire."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Literal

from liuwen.form.model import Form
from liuwen.messages import Sentence, use_language
from liuwen.questionnaires import made_up_town, matter_step
from liuwen.questionnaires.published import published
from liuwen.simulation.coverage import KINDS, Coverage, coverage

FILES: dict[Literal["zh", "en"], str] = {"en": "questionnaire-coverage.md", "zh": "questionnaire-coverage.zh-CN.md"}
LARGE = ("household_interview", "household_self", "second_visit")
"""The forms that take more than a few seconds."""
AT_RANDOM: Mapping[str, int] = MappingProxyType({**dict.fromkeys(LARGE, 50), "matter_step": 150})
"""How many interviews aim at nothing; 10 elsewhere. What a step allows depends on a list, which the search does not work out."""
LEFT_OUT = "household_interview_separate"
TITLE = Sentence(zh="# 问卷走得到哪里", en="# What respondents reach of each questionnaire")
INTRO = Sentence(
    zh="本页由 `liuwen.simulation.coverage_pages.write` 生成，请不要手工修改。每份问卷由模拟的人在手机的引擎里填写，"
    "“走到/总数”按项计：题目问到，显示条件成立和不成立各一次，约束接受和拒绝各一次，重复组 0、1、2 次以上，选项逐个选到。"
    "走不到的写明原因。不含第四问的访谈是同一份问卷少一部分，不另列；事项进展用的是虚构的事项清单。",
    en="This page is written by `liuwen.simulation.coverage_pages.write`; do not edit it by hand. Simulated people fill in each "
    "form in the phone's own engine. “Reached/total” counts each question asked, each condition true and false, each constraint "
    "accepting and refusing, each repeat 0, 1 and 2+ times, and each choice taken. What cannot be reached is listed with the "
    "reason. The interview without the fourth question is the same form less one section and is not listed; the form for steps "
    "of a matter was given a made-up list of matters.",
)
HEADS = {"zh": ("问卷", "走不到的，和原因"), "en": ("Form", "What cannot be reached, and why")}
ALL_REACHED = Sentence(zh="都走到了", en="everything was reached")
STATES = (("open", 1), ("applied", 1), ("done", 1), ("explained", 1), ("closed", 0), ("settled", 0), ("", 1))
"""The states of the made-up matters, and whether they are on the list of what is open."""


def _any_matter(said: Mapping[str, str], chance: Random) -> str:
    return f"{chance.choice([state or 'new' for state, active in STATES if active])}-{said['village']}"


ANSWERS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "decision": {
            "abstained": lambda said, chance: chance.choice([0, max(0, _left(said))]),
        },
        "matter_step": {"about": {"active": 6, "struck_off": 1}, "matter": _any_matter},
    }
)
"""Form ID → answers that only go together by a sum, which the search does not work out."""


def covered(form: Form) -> Coverage:
    """The coverage of a questionnaire, by few interviews at random and as many as are needed besides.

    Args:
        form: One of the published questionnaires.

    Returns:
        What was reached.
    """
    if form.id == "matter_step":
        one_village = matter_step(made_up_town(1))
        form = replace(one_village, media={**one_village.media, "matters.csv": _matters(one_village)})
    return coverage(form, AT_RANDOM.get(form.id, 10), answers=ANSWERS.get(form.id))


def row(found: Coverage, language: Literal["zh", "en"]) -> str:
    """The line of one questionnaire in the table.

    Args:
        found: Its coverage.
        language: The language of the page.

    Returns:
        A row of a Markdown table.
    """
    with use_language(language):
        counts = [_count(found, kind) for kind in KINDS]
        missing = found.unreached
        reasons: dict[tuple[str, str], list[str]] = {}
        for element, outcome, reason in missing[["element", "outcome", "reason"]].itertuples(index=False):
            reasons.setdefault((element, reason), []).append(outcome)
        said = "<br>".join(f"`{element}` {', '.join(outcomes)}: {reason}" for (element, reason), outcomes in reasons.items())
        return f"| `{found.form.id}` | {' | '.join(counts)} | {said or ALL_REACHED} |"


def page(rows: Iterable[str], language: Literal["zh", "en"]) -> str:
    """The page in one language.

    Args:
        rows: The line of each questionnaire.
        language: The language.

    Returns:
        Markdown.
    """
    first, last = HEADS[language]
    heads = [first, *(kind.in_language(language) for kind in KINDS.values()), last]
    table = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *rows]
    return f"{TITLE.in_language(language)}\n\n{INTRO.in_language(language)}\n\n" + "\n".join(table) + "\n"


def write(folder: Path) -> None:
    """Write both pages; it takes some minutes.

    Args:
        folder: Where to, such as `docs`.
    """
    found = [covered(each.form) for each in published() if each.form.id != LEFT_OUT]
    for language, name in FILES.items():
        (folder / name).write_text(page((row(each, language) for each in found), language), encoding="utf-8")


def _count(found: Coverage, kind: str) -> str:
    of_kind = found.findings[found.findings["kind"] == kind]
    return f"{(of_kind['times'] > 0).sum()}/{len(of_kind)}" if len(of_kind) else ""


def _matters(form: Form) -> bytes:
    villages = form.choices_of("village")
    lines = [
        f"{state or 'new'}-{village},{state},{village},{active},{state},step-1,2026-12-01"
        for village in (villages.names if villages else ())
        for state, active in STATES
    ]
    return "\n".join(["name,label,village,active,state,last_step,deadline", *lines, ""]).encode()


def _left(said: Mapping[str, str]) -> int:
    present, favour, against = (int(said.get(name, "0")) for name in ("present_voters", "in_favour", "against"))
    return present - favour - against
