"""`liuwen demo`: the whole road once, for a made-up town: forms, answers, tables, needs by village, a notebook and a page."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.check import say_report
from liuwen.cli.explore import show_needs
from liuwen.cli.load import show_loaded
from liuwen.cli.progress import bar, working
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from liuwen.form import Form
    from liuwen.responses import Responses

ABOUT = Sentence(
    zh="用一个虚构的镇把每一步走一遍：问卷、答卷、表、各村需求、笔记本和网页，还有半年台账和一个月的清单。",
    en="Go through every step for a made-up town: forms, answers, tables, needs by village, a notebook and a page, half a year "
    "of its ledger and a month's pages.",
)
FOLDER = Sentence(zh="写到哪个文件夹。", en="Folder to write to.")
COUNT = Sentence(zh="采集多少份合成访谈。", en="Number of synthetic interviews.")
SEED = Sentence(zh="随机种子。", en="Random seed.")
LAB = Sentence(
    zh="完成后在该文件夹打开 JupyterLab。",
    en="Open JupyterLab in the folder when done.",
)

BUILDING = Sentence(
    zh="为虚构的镇（{villages} 个村）生成问卷并检查",
    en="Building and checking the forms for a made-up town of {villages} villages",
)
ANSWERING = Sentence(zh="合成的受访者作答", en="Synthetic respondents answer")
SENDING = Sentence(zh="手机把答卷发到服务器", en="Phones send the answers to the server")
PHONE = Sentence(zh="手机 {number}", en="phone {number}")
LOADING = Sentence(zh="读成表", en="Loading the answers into tables")
PAGE = Sentence(zh="写网页", en="Writing the page")
LEDGER = Sentence(
    zh="半年的台账：事项、步骤、两部离线的手机", en="Half a year of the ledger: matters, steps, two phones that were offline"
)
MONTH = Sentence(zh="出最后一个月的清单", en="Making the pages of the last month")
WITHOUT_PDF = Sentence(zh="（没有出 PDF：{why}）", en="(without PDFs: {why})")
LEDGER_DONE = Sentence(
    zh="{month} 的清单在 {folder}：打开 {index}。看过之后，下面的命令可以代录一步：\n{command}",
    en="The pages of {month} are in {folder}: open {index}. This command enters a step at the desk:\n{command}",
)
NOTEBOOK = Sentence(zh="运行笔记本", en="Running the notebook")
DONE = Sentence(
    zh="全部在 {folder}（{seconds:.0f} 秒）。打开 {page} 看各村需求，或用这条命令打开笔记本：",
    en="Everything is in {folder} ({seconds:.0f} s). Open {page} for needs by village, or the notebook with this command:",
)
SYNTHETIC = Sentence(
    zh="所有答卷都是合成的，不是任何真人所答。",
    en="All answers are synthetic; no real person gave them.",
)
DONE_WITHOUT_LAB = Sentence(
    zh="全部在 {folder}（{seconds:.0f} 秒）。打开 {page} 看各村需求。没有安装 JupyterLab，所以请用这条命令安装它并打开笔记本：",
    en="Everything is in {folder} ({seconds:.0f} s). Open {page} for needs by village. JupyterLab is not "
    "installed: this command installs it and opens the notebook:",
)
NO_LAB = Sentence(
    zh="没有安装 JupyterLab。请运行 `pip install jupyterlab`。", en="JupyterLab is not installed. Run `pip install jupyterlab`."
)

VILLAGES, PHONES = 12, 4
LEDGER_STORE = "demo-ledger"
STORE, NEEDS_PAGE, NEEDS_NOTEBOOK = "demo-store", "needs_by_village.html", "needs_by_village.ipynb"


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    folder = click.Option(
        ["--to"], type=click.Path(path_type=Path, file_okay=False), default="out", show_default=True, help=str(FOLDER)
    )
    count = click.Option(["-n", "--count"], type=click.IntRange(min=1), default=300, show_default=True, help=str(COUNT))
    seed = click.Option(["--seed"], type=int, default=6, show_default=True, help=str(SEED))
    lab = click.Option(["--lab"], is_flag=True, help=str(LAB))
    return sub_command(demo, ABOUT, [folder, count, seed, lab])


def demo(*, to: Path, count: int, seed: int, lab: bool) -> int:
    """Exit status 1 where one of the forms has an error."""
    from time import monotonic

    from liuwen.responses.loading_summary import LoadingSummary

    started = monotonic()
    with working(BUILDING.filled(villages=VILLAGES)):
        forms = _build(to / "forms")
    if not _all_ok(forms):
        return 1
    responses = _collect(forms[0], count, seed, to / STORE)
    responses.to_parquet(to / "tables")
    show_loaded(LoadingSummary.of(responses))
    show_needs(_needs(responses, to / "tables"), "village")
    _write_pages(responses, to)
    _keep_ledger(to)
    click.echo(str(SYNTHETIC))
    done = DONE if _has_lab() else DONE_WITHOUT_LAB
    click.echo(str(done.filled(folder=to, page=to / NEEDS_PAGE, seconds=monotonic() - started)))
    click.echo(opening(to / NEEDS_NOTEBOOK))
    if lab:
        _open_lab(to)
    return 0


def _build(folder: Path) -> "list[Form]":
    from liuwen.questionnaires import household_interview, made_up_town, satisfaction_survey

    town = made_up_town(VILLAGES)
    forms = [household_interview(town), satisfaction_survey(town)]
    for form in forms:
        form.write(folder / f"{form.id}.xlsx")
    return forms


def _all_ok(forms: "list[Form]") -> bool:
    from liuwen.checks import check

    reports = [check(form) for form in forms]
    for form, report in zip(forms, reports, strict=True):
        say_report(form.title, report)
    return all(report.ok for report in reports)


def _collect(form: "Form", count: int, seed: int, folder: Path) -> "Responses":
    """Respondents answer through the engine, and phones send what they said to a server, into the store in `folder`."""
    from liuwen.server import serve
    from liuwen.simulation import submissions
    from liuwen.store import Store

    with bar(ANSWERING, count) as advance:
        filled = submissions(form, count, seed=seed, progress=advance)
    if folder.exists():
        shutil.rmtree(folder)
    store = Store(folder)
    store.publish(form)
    phones = [store.add_collector(str(PHONE.filled(number=number))) for number in range(1, PHONES + 1)]
    with serve(store, port=0) as server, bar(SENDING, count) as advance:
        addresses = [f"{server.url}/key/{who.token}" for who in phones]
        _send(addresses, filled, advance)
    with working(LOADING):
        return store.responses(form)


def _send(addresses: list[str], filled: list[bytes], advance: "Callable[[int], None]") -> None:
    """Each phone fetches the form, as it must, and then sends its share."""
    from liuwen.testing.phone import Phone

    sent = 0
    for number, address in enumerate(addresses):
        with Phone(address, device=f"demo:{number + 1}") as phone:
            for listed in phone.form_list():
                phone.fetch(listed)
            for submission in filled[number :: len(addresses)]:
                phone.send(submission)
                sent += 1
                advance(sent)


def _needs(responses: "Responses", folder: Path) -> "pd.DataFrame":
    from liuwen.analysis import needs

    table = needs(responses, by="village", language=language_in_force())
    table.to_csv(folder / "needs_by_village.csv", index=False, encoding="utf-8-sig")
    return table


def _write_pages(responses: "Responses", to: Path) -> None:
    from liuwen.charts import page
    from liuwen.cli.demo_notebook import write_notebook

    with working(PAGE):
        page(responses, to / NEEDS_PAGE)
    with working(NOTEBOOK):
        write_notebook(to / NEEDS_NOTEBOOK, STORE, responses.form.id, language_in_force())


def _keep_ledger(to: Path) -> None:
    """Half a year of the ledger, and the pages of its last month; without PDFs where no font has Chinese."""
    from liuwen.cli.demo_ledger import MONTH as LAST
    from liuwen.cli.demo_ledger import PROGRAMME, play_ledger
    from liuwen.errors import CampaignError

    with working(LEDGER):
        campaign = play_ledger(to / LEDGER_STORE)
    try:
        with working(MONTH):
            run = campaign.month(LAST, to / "ledger")
    except CampaignError as fault:
        click.echo(str(WITHOUT_PDF.filled(why=fault.sentence)))
        run = campaign.month(LAST, to / "ledger", pdf=False)
    matter = run.ledger.table.query("state == 'open' and responsible == 'S02'")["matter"].iloc[0]
    command = f"liuwen campaign step {to / LEDGER_STORE} {matter} note --programme {PROGRAMME} --by S02 --entered-by D1 --note OK"
    click.echo(str(LEDGER_DONE.filled(month=LAST, folder=run.folder, index=run.folder / "index.html", command=command)))


def opening(notebook: Path) -> str:
    """The command that opens a notebook in JupyterLab, installing that first where it is not there."""
    import shlex

    command = f"jupyter lab {shlex.quote(str(notebook))}"
    return command if _has_lab() else f"pip install jupyterlab && {command}"


def _has_lab() -> bool:
    from importlib.util import find_spec

    return find_spec("jupyterlab") is not None


def _open_lab(folder: Path) -> None:
    import subprocess
    import sys

    if not _has_lab():
        raise LiuwenError(NO_LAB)
    subprocess.run([sys.executable, "-m", "jupyterlab", NEEDS_NOTEBOOK], cwd=folder, check=False)
