"""`liuwen load`: answers into tables that know their form."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.answers import read_answers
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses

ABOUT = Sentence(
    zh="把答卷（liuwen 的库、XML 文件夹或压缩包、Kobo 或 ODK 的工作簿、CSV）读成带类型的表。",
    en="Load answers (a store, a folder or zip of XML, a Kobo or ODK workbook, CSV) into typed tables.",
)
FORM = Sentence(zh="这些答卷所答的问卷。", en="The form that was answered.")
FOLDER = Sentence(
    zh="把各表写成 Parquet，存到这个文件夹。",
    en="Write the tables as Parquet to this folder.",
)
KEY = Sentence(
    zh="加密答卷的私钥（PEM）；口令取自 LIUWEN_PASSPHRASE，没有就当场输入。",
    en="Private key of encrypted submissions (PEM); the passphrase comes from LIUWEN_PASSPHRASE, or you are asked for it.",
)
TABLES = Sentence(zh="{count} 份答卷（问卷 {form}）", en="{count} submissions of {form}")
HEADINGS = {
    "table": Sentence(zh="表", en="table"),
    "rows": Sentence(zh="行", en="rows"),
    "columns": Sentence(zh="列", en="columns"),
}
REJECTED = Sentence(zh="{count} 份读不了：", en="{count} could not be loaded:")
REJECTED_HEADINGS = {
    "source": Sentence(zh="来源", en="source"),
    "reason": Sentence(zh="原因", en="reason"),
}
WRITTEN = Sentence(zh="各表写到 {folder}。", en="Wrote the tables to {folder}.")


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    source = click.Argument(["source"], type=click.Path(path_type=Path))
    form = click.Option(["--form"], type=click.Path(path_type=Path), required=True, help=str(FORM))
    folder = click.Option(["--to"], type=click.Path(path_type=Path, file_okay=False), help=str(FOLDER))
    key = click.Option(["--key"], type=click.Path(path_type=Path), help=str(KEY))
    return sub_command(load, ABOUT, [source, form, folder, key, json_option()])


def load(*, source: Path, form: Path, to: Path | None, key: Path | None, as_json: bool) -> int:
    """Exit status 1 where some submissions could not be loaded."""
    responses = read_answers(source, form, key=key)
    if to is not None:
        responses.to_parquet(to)
    if as_json:
        show_json({"form": responses.form.id, **sizes_and_rejected(responses)})
    else:
        show_responses(responses)
        if to is not None:
            click.echo(str(WRITTEN.filled(folder=to)))
    return int(len(responses.rejected) > 0)


def show_responses(responses: "Responses") -> None:
    """Print how large each table is, and what could not be loaded."""
    import pandas as pd

    show_table(pd.DataFrame(_sizes(responses)), TABLES.filled(count=len(responses), form=responses.form.id), HEADINGS)
    if len(responses.rejected):
        show_table(responses.rejected, REJECTED.filled(count=len(responses.rejected)), REJECTED_HEADINGS)


def sizes_and_rejected(responses: "Responses") -> dict[str, object]:
    """How large each table is, and what could not be loaded, for JSON."""
    return {"tables": _sizes(responses), "rejected": responses.rejected.to_dict("records")}


def _sizes(responses: "Responses") -> list[dict[str, object]]:
    return [{"table": name, "rows": len(table), "columns": table.shape[1]} for name, table in responses.tables.items()]
