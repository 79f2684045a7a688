"""`liuwen campaign cards | desk`: cards on sheets of ten, and the pages that stay at the desk."""

from pathlib import Path

import click

from liuwen.cli.campaign_duties import shown_records
from liuwen.cli.campaign_source import campaign_of_source
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.errors import CampaignError
from liuwen.messages import Sentence, language_in_force

CARDS = Sentence(
    zh="卡片：服务卡、联系卡或登记卡，A4 每页十张，有裁切线；--replace 列出要换新卡的户。",
    en="Cards: service, contact or register cards, ten to an A4 sheet with cut marks; --replace lists who needs a new one.",
)
DESK = Sentence(
    zh="办公室的打印件：每人一份民情日记，每村一份民情档案，驻村考勤和伙食，不增加负担。",
    en="Pages that stay at the desk: a diary each person, household files each village, attendance and meals, and the burden.",
)
FILE = Sentence(
    zh="登记册和事件：库的文件夹、工作簿（.xlsx）或 Markdown 故事。",
    en="Registers and events: the folder of a store, a workbook (.xlsx) or a Markdown story.",
)
PROGRAMME = Sentence(zh="用哪个方案；默认文件里写的。", en="Programme to use; by default the one that the file names.")
TO = Sentence(zh="写到哪个文件夹。", en="The folder to write to.")
ON = Sentence(zh="哪天印，如 2026-05-01；默认今天。", en="The day of printing, such as 2026-05-01; by default today.")
VILLAGE = Sentence(zh="只印这个村（可以写几次）。", en="Only this village (may be given several times).")
ADDRESS = Sentence(
    zh="扫码打开的网址，如意见信表单的链接；会加上村和人，不含住户。",
    en="Where the QR code leads, such as the link to the letter form; village and person are added, nothing of a household.",
)
DUTIES = Sentence(zh="每张卡上写的职责。", en="The duties written on every card.")
POLICIES = Sentence(zh="每张卡上写的可以问的政策。", en="The policies to ask about, written on every card.")
REGISTER = Sentence(
    zh="印登记卡（一户一张），不印服务卡。", en="Print register cards (one a household) instead of service cards."
)
REPLACE = Sentence(zh="列出要换新卡的户，不印。", en="List the households that need a new card, and print nothing.")
MONTH = Sentence(zh="哪个月，如 2026-07。", en="The month, such as 2026-07.")
KNOWN = Sentence(
    zh="只用到这一天为止收到的；默认用全部。", en="Use only what had been received by this day; by default everything."
)
NO_PDF = Sentence(zh="不出 PDF。", en="Without PDFs.")
WITH_TO = Sentence(zh="请用 --to 写明写到哪个文件夹。", en="Give the folder with --to.")
PRINTED = Sentence(zh="{count} 张卡，{files} 个文件在 {folder}。", en="Cards: {count}, files in {folder}: {files}.")
WROTE = Sentence(zh="写好了：{files} 个文件在 {folder}。", en="Written to {folder}, files: {files}.")
HEADINGS = {
    "village": Sentence(zh="村", en="village"),
    "household": Sentence(zh="户", en="household"),
    "person": Sentence(zh="旧卡上的人", en="on the old card"),
    "given": Sentence(zh="哪天给的", en="given"),
}


def print_commands() -> list[tuple[str, BilingualCommand]]:
    """The sub-commands about prints, by name."""
    file = click.Argument(["file"], type=click.Path(path_type=Path))
    to = click.Path(path_type=Path, file_okay=False)
    cards_of: list[click.Parameter] = [
        click.Option(["--to"], type=to, help=str(TO)),
        click.Option(["--on"], help=str(ON)),
        click.Option(["--programme"], default="", help=str(PROGRAMME)),
        click.Option(["--village", "villages"], multiple=True, help=str(VILLAGE)),
        click.Option(["--address"], default="", help=str(ADDRESS)),
        click.Option(["--duties", "duties_said"], default="", help=str(DUTIES)),
        click.Option(["--policies"], default="", help=str(POLICIES)),
        click.Option(["--register"], is_flag=True, help=str(REGISTER)),
        click.Option(["--replace"], is_flag=True, help=str(REPLACE)),
    ]
    desk_of: list[click.Parameter] = [
        click.Option(["--month"], required=True, help=str(MONTH)),
        click.Option(["--to"], required=True, type=to, help=str(TO)),
        click.Option(["--known"], help=str(KNOWN)),
        click.Option(["--programme"], default="", help=str(PROGRAMME)),
        click.Option(["--no-pdf", "no_pdf"], is_flag=True, help=str(NO_PDF)),
    ]
    return [
        ("cards", sub_command(cards, CARDS, [file, *cards_of, json_option()])),
        ("desk", sub_command(desk, DESK, [file, *desk_of, json_option()])),
    ]


def cards(
    *,
    file: Path,
    to: Path | None,
    on: str | None,
    programme: str,
    villages: tuple[str, ...],
    address: str,
    duties_said: str,
    policies: str,
    register: bool,
    replace: bool,
    as_json: bool,
) -> int:
    """Print cards, or list who needs a new one."""
    campaign = campaign_of_source(file, programme)
    if replace:
        table = campaign.cards_to_replace(on)
        chosen = table[table["village"].isin(villages)] if villages else table
        if as_json:
            show_json(shown_records(chosen))
        else:
            show_table(chosen, REPLACE, HEADINGS)
        return 0
    if to is None:
        raise CampaignError(WITH_TO)
    if register:
        made = campaign.register_cards(on, villages=villages)
    else:
        said = {name: text for name, text in (("duties", duties_said), ("policies", policies)) if text}
        made = campaign.cards(on, villages=villages, address=address, said=said)
    files = made.write(to, language_in_force())
    if as_json:
        show_json({"cards": len(made.table), "files": [one.name for one in files]})
    else:
        click.echo(str(PRINTED.filled(count=len(made.table), files=len(files), folder=to)))
    return 0


def desk(*, file: Path, month: str, to: Path, known: str | None, programme: str, no_pdf: bool, as_json: bool) -> int:
    """Write diaries, household files, attendance and the burden."""
    files = campaign_of_source(file, programme).write_desk(month, to, known=known, pdf=not no_pdf)
    if as_json:
        show_json([str(one.relative_to(to)) for one in files])
    else:
        click.echo(str(WROTE.filled(files=len(files), folder=to)))
    return 0
