"""`liuwen campaign`: try a programme on a story, check it, and print a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.campaign_source import campaign_of_source
from liuwen.cli.speech import (
    BilingualCommand,
    BilingualGroup,
    json_option,
    language_option,
    show_json,
    show_table,
    sub_command,
)
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.campaign import TownLedger

ABOUT = Sentence(
    zh="把听到的事办下去：试跑和检查方案，读入台账，每月出清单、公布。",
    en="Act on what was heard: try a programme, read a ledger in, make and publish each month's list.",
)
TRY = Sentence(
    zh="试跑故事（.md 或 .xlsx）：每个预期是否成立，不成立的为什么。有不成立的以 1 退出。",
    en="Try stories (.md or .xlsx): whether each expectation holds, and if not, why. Exit with 1 if one does not.",
)
CHECK = Sentence(
    zh="检查方案（内置名称或 .toml）：一次报告全部问题，指明文件和行。",
    en="Check programmes (a built-in name or a .toml file): report everything that is wrong, with file and line.",
)
LEDGER = Sentence(
    zh="打印台账：从库、工作簿（.xlsx）或 Markdown 里的登记册和步骤算出。",
    en="Print the ledger for the registers and steps in a store, a workbook (.xlsx) or a Markdown file.",
)
ON = Sentence(
    zh="看哪一天，如 2026-07-30；默认今天。",
    en="Day to look at, such as 2026-07-30; by default today.",
)
KNOWN = Sentence(
    zh="只用到这一天为止收到的；默认用全部。",
    en="Use only what had been received by this day; by default everything.",
)
PROGRAMME = Sentence(
    zh="用哪个方案；默认文件里写的。",
    en="Programme to use; by default the one that the file names.",
)
TITLE = Sentence(zh="{name}（{on}）", en="{name}, {on}")
COUNTS = Sentence(
    zh="登记 {raised}；步骤 {given}：采纳 {taken}，没有采纳 {exceptions}，撤销 {voided}，尚未到日 {not_yet}。",
    en="Raised {raised}; steps {given}: taken {taken}, not taken {exceptions}, voided {voided}, of a later day {not_yet}.",
)
SHOWN = ("number", "village", "class", "title", "responsible", "tier", "state", "deadline", "overdue_days", "waiting_for")


def command() -> BilingualGroup:
    """The group of sub-commands, in the language in force."""
    group = BilingualGroup("campaign", help=str(ABOUT), no_args_is_help=True)
    group.params.append(language_option())
    from liuwen.cli.campaign_desk import command as step_command
    from liuwen.cli.campaign_duties import duty_commands
    from liuwen.cli.campaign_pages import page_commands
    from liuwen.cli.campaign_prints import print_commands

    for name, made in (
        ("check", _check()),
        ("try", _try()),
        ("ledger", _ledger()),
        ("step", step_command()),
        *page_commands(),
        *duty_commands(),
        *print_commands(),
    ):
        group.add_command(made, name)
    return group


def _try() -> BilingualCommand:
    files = click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path))
    return sub_command(try_stories, TRY, [files, json_option()])


def _check() -> BilingualCommand:
    programmes = click.Argument(["programmes"], nargs=-1, required=True)
    return sub_command(check, CHECK, [programmes, json_option()])


def _ledger() -> BilingualCommand:
    file = click.Argument(["file"], type=click.Path(path_type=Path))
    on = click.Option(["--on"], help=str(ON))
    known = click.Option(["--known"], help=str(KNOWN))
    programme = click.Option(["--programme"], default="", help=str(PROGRAMME))
    return sub_command(ledger, LEDGER, [file, programme, on, known, json_option()])


def try_stories(*, files: tuple[Path, ...], as_json: bool) -> int:
    """Exit status 1 where an expectation does not hold."""
    from liuwen.campaign import try_story

    reports = [try_story(file) for file in files]
    if as_json:
        show_json([{"story": one.story, "ok": one.ok, "results": one.results.to_dict("records")} for one in reports])
    else:
        for report in reports:
            click.echo(str(report))
    return int(any(not report.ok for report in reports))


def check(*, programmes: tuple[str, ...], as_json: bool) -> int:
    """Exit status 1 where a programme has faults."""
    from liuwen.campaign.faults import CampaignReport
    from liuwen.campaign.programmes import read_programme

    reads = [read_programme(name) for name in programmes]
    reports = [CampaignReport(read.name, read.faults) for read in reads]
    if as_json:
        show_json([{"name": one.name, "ok": one.ok, "findings": one.findings.to_dict("records")} for one in reports])
    else:
        for report in reports:
            click.echo(str(report))
    return int(any(not report.ok for report in reports))


def ledger(*, file: Path, programme: str, on: str | None, known: str | None, as_json: bool) -> int:
    """Print the ledger's matters, and how its steps add up."""
    made = campaign_of_source(file, programme).ledger(on=on, known=known)
    if as_json:
        show_json({"matters": _records(made.table), "exceptions": _records(made.exceptions), "sums": made.reconciliation})
        return 0
    _show(made)
    return 0


def _show(made: "TownLedger") -> None:
    from liuwen.campaign.columns import LEDGER_HEADINGS
    from liuwen.campaign.days import date_of

    names = {one.id: one.name for one in (*made.rule.classes, *made.rule.tiers)}
    table = made.table.assign(deadline=made.table["deadline"].dt.strftime("%Y-%m-%d").fillna(""))
    for column in ("class", "tier", "waiting_for"):
        table[column] = [names[word].in_language(language_in_force()) if word in names else word for word in table[column]]
    title = TITLE.filled(name=made.rule.name, on=date_of(made.on))
    show_table(table, title, {name: LEDGER_HEADINGS[name] for name in SHOWN})
    click.echo(str(COUNTS.filled(**made.reconciliation)))


def _records(table: "pd.DataFrame") -> list[dict[str, object]]:
    dates = table.select_dtypes("datetime").columns
    shown = table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in dates})
    return [
        {str(key): value for key, value in row.items()}
        for row in shown.astype(object).where(shown.notna(), None).to_dict("records")
    ]
