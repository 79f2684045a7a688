"""`liuwen campaign step`: enter a step at the desk for the person who took it."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="代录：登记处把纸上或电话里的一步记进库，写明是谁办的、谁录的。台账不采纳的不记，并说明原因。",
    en="Enter for another: the desk keeps a step that came on paper or by telephone, with who took it and who entered it. "
    "What the ledger would not take is refused with the reason.",
)
STORE = Sentence(zh="库所在的文件夹。", en="Folder of the store.")
PROGRAMME = Sentence(
    zh="方案：内置名称（our_town、hubin……）或 .toml 文件。", en="The programme: a name (our_town, hubin, …) or a .toml file."
)
BY = Sentence(zh="谁办的：人员编码。", en="Who took the step: the person's code.")
ENTERED_BY = Sentence(zh="谁录的：登记处人员的编码。", en="Who enters it: the code of somebody at the desk.")
ON = Sentence(zh="哪天办的，如 2026-07-05；默认今天。", en="The day on which it was taken, as 2026-07-05; today by default.")
ANYWAY = Sentence(
    zh="台账不采纳也记下，列在“要核对的登记”里。", en="Keep it even if the ledger does not take it; it is listed as to settle."
)
SAID = {
    "note": Sentence(zh="办理情况。", en="What was done."),
    "reason": Sentence(zh="原因。", en="The reason."),
    "deadline": Sentence(zh="新的时限。", en="The new deadline."),
    "handler": Sentence(zh="承办人的编码。", en="The code of the handler."),
    "of": Sentence(zh="并入哪件事项。", en="The matter to merge into."),
    "household": Sentence(zh="反馈给哪一户。", en="The household that was answered."),
    "satisfied": Sentence(zh="满意程度：1 到 5。", en="How satisfied: 1 to 5."),
    "class": Sentence(zh="归入哪一类。", en="The class to sort into."),
    "undoes": Sentence(zh="撤销哪一步：登记编码。", en="The event to take back."),
    "title": Sentence(zh="事项（只用于登记）。", en="The title (for a new matter)."),
    "village": Sentence(zh="村（只用于登记）。", en="The village (for a new matter)."),
}
ENTERED = Sentence(
    zh="已记下 {event}：{by} 办，{entered_by} 录。{matter} 现在：{state}。",
    en="Entered {event}: taken by {by}, entered by {entered_by}. {matter} is now: {state}.",
)
LISTED = Sentence(zh="台账没有采纳：{reason}", en="The ledger did not take it: {reason}")


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    said = [click.Option([f"--{name}", f"said_{name}"], default="", help=str(about)) for name, about in SAID.items()]
    parameters: list[click.Parameter] = [
        click.Argument(["store"], type=click.Path(path_type=Path, exists=True, file_okay=False)),
        click.Argument(["matter"]),
        click.Argument(["step"]),
        click.Option(["--programme"], default="our_town", show_default=True, help=str(PROGRAMME)),
        click.Option(["--by"], required=True, help=str(BY)),
        click.Option(["--entered-by"], required=True, help=str(ENTERED_BY)),
        click.Option(["--on"], default="", help=str(ON)),
        *said,
        click.Option(["--anyway"], is_flag=True, help=str(ANYWAY)),
        json_option(),
    ]
    return sub_command(step_at_desk, ABOUT, parameters)


def step_at_desk(
    *,
    store: Path,
    matter: str,
    step: str,
    programme: str,
    by: str,
    entered_by: str,
    on: str,
    anyway: bool,
    as_json: bool,
    **said: str,
) -> int:
    """Enter the step; exit status 1 where it was kept but the ledger does not take it."""
    from liuwen.campaign import enter_step, read_campaign, reason_sentence
    from liuwen.store import Store

    with Store(store) as kept:
        fields = {name.removeprefix("said_"): value for name, value in said.items() if value}
        campaign = read_campaign(programme, store=kept)
        entered = enter_step(campaign, matter, step, by=by, entered_by=entered_by, on=on, anyway=anyway, **fields)
    if as_json:
        show_json({"event": entered.event, "why": entered.why, "state": entered.state})
    else:
        click.echo(str(ENTERED.filled(event=entered.event, by=by, entered_by=entered_by, matter=matter, state=entered.state)))
        if entered.why:
            click.echo(str(LISTED.filled(reason=reason_sentence(entered.why))))
    return int(bool(entered.why))
