"""`liuwen load`: answers into tables that know their form."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.answers import load_answers, read_answers, release_options, released
from liuwen.cli.pairs import pairs
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses
    from liuwen.responses.loading_summary import LoadingSummary

ABOUT = Sentence(
    zh="把答卷（liuwen 的库、XML 文件夹或压缩包、Kobo、ODK、Ona、SurveyCTO 的导出、Stata、SPSS）读成带类型的表，"
    "也可写成别的格式。",
    en="Load answers (a store, a folder or zip of XML, an export of Kobo, ODK, Ona or SurveyCTO, Stata, SPSS) into typed tables, "
    "and write them in another format.",
)
FORM = Sentence(zh="这些答卷所答的问卷。", en="The form that was answered.")
TO = Sentence(
    zh="写到哪里，格式看结尾：.xlsx、.csv、.zip（CSV）、.dta、.sav、.geojson、.gpkg；没有结尾就是 Parquet 文件夹。",
    en="Where to write, in the format of its ending: .xlsx, .csv, .zip (CSV), .dta, .sav, .geojson, .gpkg; without one, "
    "a folder of Parquet.",
)
RAW = Sentence(
    zh="连不与答卷相连的部分也逐行写出，GeoJSON 中写准确的位置；这样的文件不可公布。",
    en="Write unlinked sections too, row by row, and exact positions in GeoJSON; such a file is not to be published.",
)
ZONE = Sentence(
    zh="没有注明时区的时间属于哪个时区，例如 Asia/Shanghai。",
    en="Time zone of times that are written without one, such as Asia/Shanghai.",
)
ENCODING = Sentence(zh="CSV 或 JSON 的编码，看不出来时才需要。", en="Encoding of CSV or JSON, where it is not evident.")
DATES = Sentence(zh="数字日期的次序，看不出来时才需要。", en="Order of dates in numbers, where it is not evident.")
EARLIER = Sentence(zh="问卷的旧版本；可以多次给出。", en="An earlier version of the form; may be given several times.")
RENAMED = Sentence(zh="改了名的问题：旧名=新名；可以多次给出。", en="A renamed question, as OLD=NEW; may be given several times.")
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
ENDINGS = (".xlsx", ".csv", ".zip", ".dta", ".sav", ".geojson", ".json", ".gpkg")


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    source = click.Argument(["source"], type=click.Path(path_type=Path))
    form = click.Option(["--form"], type=click.Path(path_type=Path), required=True, help=str(FORM))
    options = [
        click.Option(["--to"], type=click.Path(path_type=Path), help=str(TO)),
        click.Option(["--raw"], is_flag=True, help=str(RAW)),
        click.Option(["--earlier"], type=click.Path(path_type=Path), multiple=True, help=str(EARLIER)),
        click.Option(["--renamed"], multiple=True, help=str(RENAMED)),
        click.Option(["--timezone"], help=str(ZONE)),
        click.Option(["--encoding"], help=str(ENCODING)),
        click.Option(["--dates"], type=click.Choice(["dmy", "mdy", "ymd"]), help=str(DATES)),
        click.Option(["--key"], type=click.Path(path_type=Path), help=str(KEY)),
        *release_options(),
        json_option(),
    ]
    return sub_command(load, ABOUT, [source, form, *options])


def load(
    *,
    source: Path,
    form: Path,
    to: Path | None,
    raw: bool,
    earlier: tuple[Path, ...],
    renamed: tuple[str, ...],
    timezone: str | None,
    encoding: str | None,
    dates: str | None,
    key: Path | None,
    release: str | None,
    releases: Path | None,
    as_json: bool,
) -> int:
    """Exit status 1 where some submissions could not be loaded."""
    from liuwen.responses.loading_summary import LoadingSummary

    named = {
        "timezone": timezone,
        "encoding": encoding,
        "dates": dates,
        "earlier": earlier,
        "renamed": pairs("--renamed", renamed),
    }
    given = {name: told for name, told in named.items() if told}
    if to is not None and not to.suffix and release is None:
        loaded = load_answers(source, form, to, raw=raw, key=key, **given)
    else:
        responses = released(read_answers(source, form, key=key, **given), release, releases)
        if to is not None:
            write(responses, to, raw=raw)
        loaded = LoadingSummary.of(responses)
    if as_json:
        show_json({"form": loaded.form.id, **sizes_and_rejected(loaded)})
    else:
        show_loaded(loaded)
        if to is not None:
            show_written(loaded, to, raw=raw)
    return int(len(loaded.rejected) > 0)


def write(responses: "Responses", to: Path, *, raw: bool) -> None:
    """Write the responses in the format of the ending."""
    from liuwen.responses.exports.shown import only_ending

    match to.suffix.lower():
        case ".xlsx":
            responses.to_excel(to, raw=raw)
        case ".csv" | ".zip":
            responses.to_csv(to, raw=raw)
        case ".dta":
            responses.to_stata(to, raw=raw)
        case ".sav":
            responses.to_spss(to, raw=raw)
        case ".geojson" | ".json":
            responses.to_geojson(to, raw=raw)
        case ".gpkg":
            responses.to_geopackage(to, raw=raw)
        case "":
            responses.to_parquet(to, raw=raw)
        case _:
            only_ending(to, *ENDINGS)


def show_written(loaded: "LoadingSummary", to: Path, *, raw: bool = False) -> None:
    """Print where the tables were written, and which were left out."""
    from liuwen.responses.exports.shown import LEFT_OUT

    click.echo(str(WRITTEN.filled(folder=to)))
    if loaded.unlinked and not raw:
        click.echo(str(LEFT_OUT.filled(names=", ".join(loaded.unlinked))))


def show_loaded(loaded: "LoadingSummary") -> None:
    """Print how large each table is, what could not be loaded, and what to know of the loading."""
    import pandas as pd

    show_table(pd.DataFrame(_sizes(loaded)), TABLES.filled(count=len(loaded), form=loaded.form.id), HEADINGS)
    if len(loaded.rejected):
        show_table(loaded.rejected, REJECTED.filled(count=len(loaded.rejected)), REJECTED_HEADINGS)
    for note in loaded.notes:
        click.echo(str(note))


def sizes_and_rejected(loaded: "LoadingSummary") -> dict[str, object]:
    """How large each table is, what could not be loaded, and what to know of the loading, for JSON."""
    told = [str(note) for note in loaded.notes]
    return {"tables": _sizes(loaded), "rejected": loaded.rejected.to_dict("records"), "notes": told}


def _sizes(loaded: "LoadingSummary") -> list[dict[str, object]]:
    return [{"table": name, "rows": rows, "columns": columns} for name, (rows, columns) in loaded.sizes.items()]
