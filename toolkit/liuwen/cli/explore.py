"""`liuwen explore`: needs by village, as a table in the terminal or as a page."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.answers import read_answers, release_options, released
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.errors import AnswerError
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.responses import Responses

ABOUT = Sentence(
    zh="按村看需求：在终端列表，或写成网页（--to）。",
    en="Needs by village: a table in the terminal, or a page (--to).",
)
FORM = Sentence(zh="这些答卷所答的问卷。", en="The form that was answered.")
BY = Sentence(
    zh="按哪一题分组；默认是问卷里的地点题。",
    en="Question to group by; by default the place question of the form.",
)
QUESTION = Sentence(
    zh="看哪一道多选题；默认是 needs，没有就看第一道。",
    en="Select-multiple question; by default `needs`, or else the first one.",
)
PAGE = Sentence(zh="写成一个独立的网页文件。", en="Write a stand-alone HTML page.")
WRITTEN = Sentence(zh="网页写到 {file}。", en="Wrote the page {file}.")
TITLE = Sentence(zh="各处提得最多的需求", en="Most frequent needs by place")
PLACE = Sentence(zh="地点", en="place")
ASKED = Sentence(zh="问了几户", en="asked")
RANKED = Sentence(zh="第 {rank} 位", en="rank {rank}")
NO_PLACE = Sentence(
    zh="问卷里找不到表示地点的题。请用 --by 指明按哪一题分组。",
    en="The form has no question that looks like a place. Use --by to say which question to group by.",
)
NEARLY_ALL = Sentence(zh="（几乎每户）", en="(nearly all)")
FEWER = "<5"
NAMED = 3


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    source = click.Argument(["source"], type=click.Path(path_type=Path))
    form = click.Option(["--form"], type=click.Path(path_type=Path), required=True, help=str(FORM))
    by = click.Option(["--by"], help=str(BY))
    question = click.Option(["--question"], help=str(QUESTION))
    page = click.Option(["--to"], type=click.Path(path_type=Path, dir_okay=False), help=str(PAGE))
    return sub_command(explore, ABOUT, [source, form, by, question, page, *release_options(), json_option()])


def explore(
    *,
    source: Path,
    form: Path,
    by: str | None,
    question: str | None,
    to: Path | None,
    release: str | None,
    releases: Path | None,
    as_json: bool,
) -> int:
    """Print the needs of each place; with `--to`, also write them as a page."""
    from liuwen.analysis import needs
    from liuwen.charts import page
    from liuwen.charts.view import require_answers

    responses = released(read_answers(source, form), release, releases)
    require_answers(responses)
    place = by or likely_place(responses)
    table = needs(responses, by=place, question=question, language=language_in_force())
    if to is not None:
        page(responses, to, by=place, question=question)
    if as_json:
        show_json(table.astype(object).where(table.notna(), None).to_dict("records"))
    else:
        show_needs(table, place)
        if to is not None:
            click.echo(str(WRITTEN.filled(file=to)))
    return 0


def likely_place(responses: "Responses") -> str:
    """The column most likely to say where a household lives; raises `AnswerError` if there is none."""
    from liuwen.analysis import place_columns

    places = place_columns(responses)
    if not places:
        raise AnswerError(NO_PLACE)
    return places[0]


def show_needs(table: "pd.DataFrame", place: str) -> None:
    """Print one line per place: the number of households asked and the most frequent needs."""
    shown = table[table["rank"].notna() & (table["share"] != 0)].sort_values("rank", kind="stable")
    named = f"{place}_label" if f"{place}_label" in table else place
    lines = table.groupby(named, sort=False, dropna=False)["asked"].first().rename("asked").reset_index()
    for position in range(NAMED):
        nth = shown.groupby(named, dropna=False).nth(position)
        said = [f"{label} {_percent(share)}" for label, share in zip(nth["label"], nth["share"], strict=True)]
        lines[str(position)] = [dict(zip(nth[named], said, strict=True)).get(where, "") for where in lines[named]]
    lines["asked"] = lines["asked"].astype(object).where(lines["asked"].notna(), FEWER)
    headings = {named: PLACE, "asked": ASKED} | {str(position): RANKED.filled(rank=position + 1) for position in range(NAMED)}
    show_table(lines, TITLE, headings)


def _percent(share: float) -> str:
    return str(NEARLY_ALL) if math.isnan(share) else f"{share:.0%}"
