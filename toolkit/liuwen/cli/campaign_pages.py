"""`liuwen campaign read | month | week | publish | published | example`: the town's ledger from a spreadsheet or a store."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from liuwen.cli.campaign_source import campaign_from
from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.messages import Sentence, language_in_force

READ = Sentence(
    zh="读入今天的台账表格，说明认出哪些列、哪些行放不进；有放不进的以 1 退出。",
    en="Read today's spreadsheet: which columns were recognised, which rows could not be placed. Exit with 1 if there are any.",
)
MONTH = Sentence(
    zh="出一个月的清单：各村和镇的公开栏、会议题、每人本周要办的事、群通知、工作簿。",
    en="Make a month's pages: boards of villages and town, agenda, a week sheet each, texts for the group chat, the workbook.",
)
WEEK = Sentence(zh="一个人本周要办的事。", en="What a person must do this week.")
PUBLISH = Sentence(
    zh="公布一个月的清单：冻结文件并记下 SHA-256；有要人看的地方，先看再公布。",
    en="Publish a month's list: freeze its files with their SHA-256; marked items must be checked first.",
)
PUBLISHED = Sentence(
    zh="列出公布过的清单，核对每个文件有没有变；变了以 1 退出。",
    en="List what was published and check that no file has changed; exit with 1 if one has.",
)
EXAMPLE = Sentence(
    zh="写一份练习用的台账和登记册（合成数据）。", en="Write a ledger and registers to practise with (synthetic data)."
)
PROGRAMME = Sentence(
    zh="方案：内置名称（our_town、hubin……）或 .toml 文件。", en="The programme: a name (our_town, hubin, …) or a .toml file."
)
SOURCE = Sentence(
    zh="从哪里读：今天的台账（.xlsx、.xls、.csv、.txt），或库的文件夹。也可以写成 --sheet。",
    en="Where from: today's ledger (.xlsx, .xls, .csv, .txt) or the folder of a store. --sheet is the same.",
)
REGISTERS = Sentence(
    zh="登记册工作簿：工作表“人员”“职务”“地点”“户”。", en="The workbook of registers: sheets people, posts, places, households."
)
AS_OF = Sentence(
    zh="这份表截至哪一天：没写日期的办结记在这天。",
    en="The day of the sheet: matters closed without a date count as closed on it.",
)
THE_MONTH = Sentence(zh="哪个月，如 2026-07。", en="The month, as 2026-07.")
TO = Sentence(zh="写到哪个文件夹。", en="The folder to write to.")
KNOWN = Sentence(
    zh="只用到这一天为止收到的；默认清单日。", en="Use only what had been received by this day; by default the day of the list."
)
LISTS = Sentence(
    zh="公布过的清单所在的文件夹：编号由它们给出。", en="Folder of the published lists, which determine the numbering."
)
NO_PDF = Sentence(zh="不出 PDF。", en="Without PDFs.")
LOOKED = Sentence(zh="核对码：表示要看的地方都看过了。", en="The code that confirms that all marked items were checked.")
CORRECTION = Sentence(zh="更正已公布的清单：写明原因。", en="Correct a published list: say why.")
KEY = Sentence(
    zh="收信人的私钥（PEM）：有它才读得到库里加密的信；口令取自 LIUWEN_PASSPHRASE，没有就当场输入。",
    en="The receiver's private key (PEM), with which the encrypted letters of a store are read; the passphrase comes from "
    "LIUWEN_PASSPHRASE, or you are asked for it.",
)
PERSON = Sentence(zh="谁：人员编码。", en="Whose week: the person's code.")
DAY = Sentence(zh="哪一天所在的周；默认今天。", en="A day of the week; by default today.")
FROZEN = Sentence(zh="{what}已公布，{files} 个文件在 {folder}。", en="Published: {what}, files in {folder}: {files}.")
THE_LIST = Sentence(zh="{month} 清单", en="the list of {month}")
THE_CORRECTION = Sentence(zh="{month} 清单第 {number} 号更正", en="correction no. {number} of the list of {month}")
ONE_LIST = Sentence(
    zh="{what}：截至 {on}，含 {known} 前收到的，{day} 公布。", en="{what}: as of {on}, known by {known}, published {day}."
)
IS_CHANGED = Sentence(zh="与公布时不一样：{file}", en="changed since it was published: {file}")
ALL_AS_IT_HUNG = Sentence(zh="{count} 个文件都与公布时一样。", en="No file has changed since publishing ({count} files).")
WROTE = Sentence(zh="写好了：{files}。", en="Written: {files}.")


def page_commands() -> list[tuple[str, BilingualCommand]]:
    """The sub-commands about pages, by name, in the order of the work."""
    programme = _argument("programme")
    to = _option("--to", TO, required=True, type=click.Path(path_type=Path, file_okay=False))
    known = _option("--known", KNOWN)
    sources = [_source_option(), _registers_option(), _option("--as-of", AS_OF)]
    key = _option("--key", KEY, type=click.Path(path_type=Path, dir_okay=False))
    lists = _option("--published", LISTS, type=click.Path(path_type=Path))
    month = _option("--month", THE_MONTH, required=True)
    pdf = click.Option(["--no-pdf", "no_pdf"], is_flag=True, help=str(NO_PDF))
    day, looked = _option("--day", DAY), _option("--looked", LOOKED, default="")
    correction = _option("--correction", CORRECTION, default="")
    chosen = _option("--programme", PROGRAMME, default="our_town")
    sheet = click.Argument(["sheet"], type=click.Path(path_type=Path, dir_okay=False))
    folder = click.Argument(["folder"], type=click.Path(path_type=Path, file_okay=False))
    named: list[tuple[str, Callable[..., int], Sentence, list[click.Parameter]]] = [
        ("read", read, READ, [sheet, chosen, _registers_option(), _option("--as-of", AS_OF), json_option()]),
        ("month", month_of_town, MONTH, [programme, month, *sources, to, known, lists, key, pdf, json_option()]),
        ("week", week, WEEK, [programme, _argument("person"), *sources, day, lists, key]),
        ("publish", publish, PUBLISH, [programme, month, *sources, to, known, looked, correction, key]),
        ("published", published, PUBLISHED, [folder, json_option()]),
        ("example", example, EXAMPLE, [folder]),
    ]
    return [(name, sub_command(run, about, parameters)) for name, run, about, parameters in named]


def _argument(name: str) -> click.Argument:
    return click.Argument([name])


def _option(
    name: str, about: Sentence, *, required: bool = False, default: str | None = None, type: click.Path | None = None
) -> click.Option:
    return click.Option([name], help=str(about), required=required, default=default, type=type)


def _source_option() -> click.Option:
    return click.Option(["--from", "--sheet", "source"], help=str(SOURCE), required=True, type=click.Path(path_type=Path))


def _registers_option() -> click.Option:
    return _option("--registers", REGISTERS, type=click.Path(path_type=Path))


def read(*, sheet: Path, programme: str, registers: Path | None, as_of: str | None, as_json: bool) -> int:
    """Read a spreadsheet and report; exit status 1 if something could not be placed."""
    _, incoming = campaign_from(sheet, programme, registers=registers, as_of=as_of)
    assert incoming is not None
    if as_json:
        told = {name: getattr(incoming, name).to_dict("records") for name in ("columns", "ignored", "not_placed", "remarks")}
        show_json({"rows": incoming.rows, "placed": incoming.placed, "steps": len(incoming.events), **told})
    else:
        click.echo(str(incoming))
    return int(bool(incoming.told))


def month_of_town(
    *,
    programme: str,
    month: str,
    source: Path,
    registers: Path | None,
    as_of: str | None,
    to: Path,
    known: str | None,
    published: Path | None,
    key: Path | None,
    no_pdf: bool,
    as_json: bool,
) -> int:
    """Write all pages of a month."""
    campaign, incoming = campaign_from(source, programme, registers=registers, as_of=as_of, published=published, key=key)
    run = campaign.month(month, to, known=known, pdf=not no_pdf)
    if as_json:
        show_json(
            {"month": month, "files": run.files, "code": run.screening.code, "marks": run.screening.table.to_dict("records")}
        )
        return 0
    if incoming is not None:
        click.echo(str(incoming.summary))
    click.echo(str(run))
    for mark in run.screening.marks:
        click.echo(str(mark))
    return 0


def week(
    *,
    programme: str,
    person: str,
    source: Path,
    registers: Path | None,
    as_of: str | None,
    day: str | None,
    published: Path | None,
    key: Path | None,
) -> int:
    """Print a person's week."""
    from liuwen.campaign.months.week_page import week_text

    campaign, _ = campaign_from(source, programme, registers=registers, as_of=as_of, published=published, key=key)
    click.echo(week_text(campaign.week(person, day), campaign.page_words(), language_in_force()))
    return 0


def publish(
    *,
    programme: str,
    month: str,
    source: Path,
    registers: Path | None,
    as_of: str | None,
    to: Path,
    known: str | None,
    looked: str,
    correction: str,
    key: Path | None,
) -> int:
    """Publish a month's list, or a correction of it, and freeze its files."""
    campaign, _ = campaign_from(source, programme, registers=registers, as_of=as_of, key=key)
    held = campaign.publish(month, to, known=known, looked_at=looked, correction=correction)
    click.echo(str(FROZEN.filled(what=_called(held.month, held.sheet), files=len(held.files), folder=held.folder)))
    return 0


def published(*, folder: Path, as_json: bool) -> int:
    """List what was published, and every file that has changed since."""
    from liuwen.campaign import read_published

    lists = read_published(folder)
    changed = lists.changed()
    if as_json:
        show_json({"files": lists.table.to_dict("records"), "changed": changed})
        return int(bool(changed))
    for one in lists.sheets:
        said = ONE_LIST.filled(what=_called(one.month, one.sheet), on=one.on, known=one.known, day=one.published_on)
        click.echo(str(said))
    for file in changed:
        click.echo(str(IS_CHANGED.filled(file=file)))
    if not changed:
        click.echo(str(ALL_AS_IT_HUNG.filled(count=len(lists.table))))
    return int(bool(changed))


def example(*, folder: Path) -> int:
    """Write the spreadsheet and registers of a synthetic town."""
    from liuwen.campaign.months.example import write_example

    files = write_example(folder, language_in_force(), date(2026, 2, 1))
    click.echo(str(WROTE.filled(files=_listed([str(file) for file in files]))))
    return 0


def _called(month: str, sheet: int) -> Sentence:
    return THE_CORRECTION.filled(month=month, number=sheet) if sheet else THE_LIST.filled(month=month)


def _listed(words: list[str]) -> Sentence:
    return Sentence(zh="、".join(words), en=", ".join(words))
