"""`liuwen campaign duties | plan | roster | pairs | brief`: what is owed, whom to visit, who receives, and the month's brief."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.campaign_source import campaign_of_source
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd


DUTIES = Sentence(
    zh="任务：应做多少、做了多少、现在如何；加 --who 逐条说明哪些算、哪些不算、为什么。",
    en="Duties: what is owed, what was done, how it stands; with --who every event, whether it counts, and why not.",
)
PLAN = Sentence(
    zh="一个月的走访计划：该走访谁、为什么、哪天前；谁不再打扰。",
    en="A month's plan of visits: whom, why, by when; and whom not to disturb.",
)
ROSTER = Sentence(zh="一个月的值班表，以及有没有人在岗。", en="A month's roster, and what was kept.")
PAIRS = Sentence(zh="结对：规则是否满足，不满足的为什么。", en="Pairs: whether the rule is met, and if not, why.")
BRIEF = Sentence(zh="一个月的民情简报：十个数。", en="A month's brief: the ten figures.")
FILE = Sentence(
    zh="登记册和事件：库的文件夹、工作簿（.xlsx）或 Markdown 故事。",
    en="Registers and events: the folder of a store, a workbook (.xlsx) or a Markdown story.",
)
ON = Sentence(zh="看哪一天，如 2026-07-30；默认今天。", en="Day to look at, such as 2026-07-30; by default today.")
KNOWN = Sentence(
    zh="只用到这一天为止收到的；默认用全部。", en="Use only what had been received by this day; by default everything."
)
PROGRAMME = Sentence(zh="用哪个方案；默认文件里写的。", en="Programme to use; by default the one that the file names.")
DUTY = Sentence(zh="只看这一项任务。", en="Only this duty.")
WHO = Sentence(zh="逐条说明谁的（要同时写 --duty）。", en="Explain whose (with --duty).")
MONTH = Sentence(zh="哪个月，如 2026-07。", en="The month, such as 2026-07.")
PLACE = Sentence(zh="哪个村；默认全部。", en="Which village; by default all.")
TO = Sentence(zh="把简报写到这个文件夹（HTML、PDF、CSV、群通知）。", en="Write the brief to this folder (HTML, PDF, CSV, text).")
WITH_DUTY = Sentence(zh="写了 --who，还要写 --duty。", en="With --who, give --duty too.")
LEFT_OUT = Sentence(zh="不再打扰：{count} 户。", en="Not to be disturbed: {count}.")
HEADINGS = {
    "duty": Sentence(zh="任务", en="duty"),
    "who": Sentence(zh="谁", en="who"),
    "period": Sentence(zh="时间", en="period"),
    "required": Sentence(zh="应做", en="required"),
    "done": Sentence(zh="已做", en="done"),
    "expected_by_now": Sentence(zh="到今天应有", en="expected by now"),
    "state": Sentence(zh="状态", en="state"),
    "event": Sentence(zh="登记", en="event"),
    "on": Sentence(zh="日期", en="day"),
    "household": Sentence(zh="户", en="household"),
    "why": Sentence(zh="为什么不算", en="why not"),
    "village": Sentence(zh="村", en="village"),
    "visitor": Sentence(zh="谁去", en="visitor"),
    "reasons": Sentence(zh="为什么", en="why"),
    "due_by": Sentence(zh="不晚于", en="by"),
    "place": Sentence(zh="村", en="village"),
    "day": Sentence(zh="日期", en="day"),
    "person": Sentence(zh="谁", en="who"),
    "kept": Sentence(zh="在岗情况", en="kept"),
    "met": Sentence(zh="满足", en="met"),
    "broken": Sentence(zh="不满足的", en="what is missing"),
    "shared": Sentence(zh="与别人重复", en="shared"),
    "visits": Sentence(zh="走访", en="visits"),
    "figure": Sentence(zh="指标", en="figure"),
    "numerator": Sentence(zh="数", en="number"),
    "base": Sentence(zh="基数", en="of"),
    "change": Sentence(zh="比上期", en="change"),
}


def duty_commands() -> list[tuple[str, BilingualCommand]]:
    """The sub-commands about duties, by name."""
    file = click.Argument(["file"], type=click.Path(path_type=Path))
    days: list[click.Parameter] = [_option("--on", ON), _option("--known", KNOWN), _option("--programme", PROGRAMME, "")]
    month = click.Option(["--month"], required=True, help=str(MONTH))
    to = click.Option(["--to"], type=click.Path(path_type=Path, file_okay=False), help=str(TO))
    named: list[tuple[str, Callable[..., int], Sentence, list[click.Parameter]]] = [
        ("duties", duties, DUTIES, [*days, _option("--duty", DUTY, ""), _option("--who", WHO, "")]),
        ("plan", plan, PLAN, [*days[1:], month]),
        ("roster", roster, ROSTER, [*days, month, _option("--place", PLACE, "")]),
        ("pairs", pairs, PAIRS, days),
        ("brief", brief, BRIEF, [*days[1:], month, to]),
    ]
    return [(name, sub_command(run, about, [file, *more, json_option()])) for name, run, about, more in named]


def duties(*, file: Path, programme: str, on: str | None, known: str | None, duty: str, who: str, as_json: bool) -> int:
    """Show duties, or explain one of them."""
    if who and not duty:
        raise CampaignError(WITH_DUTY)
    import pandas as pd

    table = campaign_of_source(file, programme).duties(on, known, duty)
    if not who:
        return _shown(
            pd.DataFrame(table), DUTIES, ("duty", "who", "period", "required", "done", "expected_by_now", "state"), as_json
        )
    told = table.explain(duty, who)
    from liuwen.messages import language_in_force

    return _shown(
        told.assign(why=told["why"] if as_json else told[language_in_force()]),
        DUTIES,
        ("event", "on", "household", "why"),
        as_json,
    )


def plan(*, file: Path, programme: str, known: str | None, month: str, as_json: bool) -> int:
    """Show the month's plan of visits."""
    made = campaign_of_source(file, programme).visit_plan(month, known)
    if as_json:
        show_json({"due": shown_records(made.table), "left_out": shown_records(made.left_out), "reminders": list(made.reminders)})
        return 0
    _shown(
        made.table.assign(reasons=_in_words(made.table["reasons"])),
        PLAN,
        ("village", "household", "visitor", "reasons", "due_by"),
    )
    click.echo(str(LEFT_OUT.filled(count=len(made.left_out))))
    return 0


def roster(*, file: Path, programme: str, on: str | None, known: str | None, month: str, place: str, as_json: bool) -> int:
    """Show a month's roster."""
    table = campaign_of_source(file, programme).roster(month, place=place, on=on, known=known)
    return _shown(table, ROSTER, ("place", "day", "person", "kept"), as_json)


def pairs(*, file: Path, programme: str, on: str | None, known: str | None, as_json: bool) -> int:
    """Show pairs; exit status 1 where somebody's pairs break the rule."""
    table = campaign_of_source(file, programme).pairs(on, known)
    told = table if as_json else table.assign(broken=_in_words(table["broken"]))
    _shown(told, PAIRS, ("person", "met", "broken", "shared", "visits"), as_json)
    return int(not table["met"].all())


def brief(*, file: Path, programme: str, known: str | None, month: str, to: Path | None, as_json: bool) -> int:
    """Show the ten figures, and write the brief where a folder is given."""
    campaign = campaign_of_source(file, programme)
    _shown(campaign.brief(month, known).figures, BRIEF, ("figure", "numerator", "base", "change"), as_json)
    for written in campaign.write_brief(month, to, known=known) if to is not None else []:
        click.echo(str(written), err=as_json)
    return 0


def _option(name: str, about: Sentence, default: str | None = None) -> click.Option:
    return click.Option([name], help=str(about), default=default)


def _shown(table: "pd.DataFrame", title: Sentence, columns: tuple[str, ...], as_json: bool = False) -> int:
    if as_json:
        show_json(shown_records(table))
    else:
        days = {name: table[name].dt.strftime("%Y-%m-%d").fillna("") for name in table.select_dtypes("datetime").columns}
        show_table(table.assign(**days), title, {name: HEADINGS[name] for name in columns})
    return 0


def _in_words(reasons: "pd.Series[str]") -> list[str]:
    from liuwen.campaign.reasons import reason_sentence

    return [" ".join(str(reason_sentence(one)) for one in ids.split()) for ids in reasons]


def shown_records(table: "pd.DataFrame") -> list[dict[str, object]]:
    """The rows of a table for JSON: days as text, what is missing as null."""
    days = {name: table[name].dt.strftime("%Y-%m-%d") for name in table.select_dtypes("datetime").columns}
    shown = table.assign(**days).astype(object)
    return [{str(key): value for key, value in row.items()} for row in shown.where(shown.notna(), None).to_dict("records")]
