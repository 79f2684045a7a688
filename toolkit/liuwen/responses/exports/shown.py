"""Which tables are written, and what a written file says of itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses.plan import Table, TablePlan
    from liuwen.responses.responses import Responses

SYNTHETIC = Sentence(zh="合成数据，不是真人所答", en="synthetic: no real person gave these answers")
RAW = Sentence(
    zh="原始数据：含不与答卷相连的部分（{names}），逐行写出，不可公布",
    en="raw: holds unlinked sections ({names}) row by row, not to be published",
)
LEFT_OUT = Sentence(
    zh="没有写出不与答卷相连的部分（{names}）；确实需要时请写 raw=True（命令为 liuwen load … --raw）。",
    en="Unlinked sections were left out ({names}); if you need them, pass raw=True (or use liuwen load … --raw).",
)
MADE = Sentence(
    zh="由 liuwen 写出：问卷“{title}”（{form}，版本 {version}），{count} 份答卷；时间为 {zone}。",
    en="Written by liuwen: “{title}” ({form}, version {version}), {count} submissions; times are {zone}.",
)
_LOCAL = Sentence(
    zh="{names} 的时间没有写明时区，照原样写出。",
    en="The times of {names} have no time zone and stand as they were written.",
)
_ENDING = Sentence(
    zh="不会写 {name} 这种文件；请以 {endings} 结尾。", en="Cannot write {name}; use a name that ends in {endings}."
)


def shown_tables(responses: "Responses", *, raw: bool) -> Mapping[str, pd.DataFrame]:
    """The tables by name; unlinked sections only where they are asked for."""
    apart = set(unlinked(responses))
    return {name: table for name, table in responses.tables.items() if raw or name not in apart}


def unlinked(responses: "Responses") -> list[str]:
    """The names of the tables that have no key to the submission."""
    return [name for name, table in responses.plan.tables.items() if table.unlinked]


def left_out(responses: "Responses") -> list[Sentence]:
    """The sentence that says which tables were left out; [] if the form has no unlinked section."""
    return about_unlinked(responses.plan, raw=False)


def origin(responses: "Responses", zone: str) -> list[Sentence]:
    """What every written file says of itself: where it comes from, whose times are local, and whether it is synthetic."""
    local = [head for name, table in responses.tables.items() for head in local_times(responses.plan.tables[name], table)]
    return origin_of(responses.form, len(responses), local, zone, synthetic=responses.synthetic)


def origin_of(form: "Form", count: int, local: Sequence[str], zone: str, *, synthetic: bool) -> list[Sentence]:
    """The same of answers that are not in memory; `local` are the columns of times without an offset from UTC."""
    made = MADE.filled(title=form.title, form=form.id, version=form.version or "-", count=count, zone=zone)
    return [made, *([_LOCAL.filled(names=", ".join(local))] if local else []), *([SYNTHETIC] if synthetic else [])]


def local_times(planned: "Table", table: pd.DataFrame) -> list[str]:
    """The columns of a table with times without an offset from UTC."""
    times = [str(head) for head, column in table.items() if pd.api.types.is_datetime64_dtype(column.dtype)]
    return [head for head in times if head not in days_of(planned)]


def days_of(table: "Table") -> list[str]:
    """The columns of days, which pandas keeps as times."""
    return [column.name for column in table.columns if column.kind == "date"]


def remarks(responses: "Responses", zone: str, *, raw: bool) -> list[Sentence]:
    """What a file of all tables says of itself."""
    return [*origin(responses, zone), *about_unlinked(responses.plan, raw=raw)]


def about_unlinked(plan: "TablePlan", *, raw: bool) -> list[Sentence]:
    """The sentence that says whether unlinked sections were written; [] if the form has none."""
    names = ", ".join(name for name, table in plan.tables.items() if table.unlinked)
    return [(RAW if raw else LEFT_OUT).filled(names=names)] if names else []


def beside(path: Path, table: str) -> Path:
    """Where a further table stands: "answers_member.dta" beside "answers.dta"."""
    return path.with_name(f"{path.stem}_{table.strip('/').replace('/', '.')}{path.suffix}")


def only_ending(path: Path, *endings: str) -> Path:
    """The path; raises `AnswerError` where it ends otherwise."""
    if path.suffix.lower() not in endings:
        raise AnswerError(_ENDING.filled(name=path.name, endings=", ".join(endings)))
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
