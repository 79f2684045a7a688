"""A folder that `to_parquet` wrote, read back: the same tables, and the same knowledge of who was asked what."""

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from liuwen.errors import ReadError
from liuwen.form import read_form
from liuwen.form.elements import Choice, Wording
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.archive import exists
from liuwen.responses.assemble import frames
from liuwen.responses.exports.parquet import ASKED, BESIDE, FORM, MANIFEST, TOLD, file_name
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.plan import plan_of
from liuwen.responses.responses import Responses

_DAMAGED = Sentence(
    zh="文件夹“{folder}”不完整：{detail}。请重新写出。", en="The folder “{folder}” is incomplete: {detail}. Write it again."
)
_OTHER = Sentence(
    zh="文件夹“{folder}”里是问卷“{there}”的答卷，不是“{form}”。",
    en="The folder “{folder}” holds answers to “{there}”, not to “{form}”.",
)
_OWN_FORM = Sentence(
    zh="按写出时的问卷（版本“{there}”）读取，不是所给的版本“{given}”。",
    en="Read by the form they were written with (version “{there}”), not the one given (version “{given}”).",
)
_LEFT_OUT = Sentence(
    zh="文件夹中没有不与答卷相连的部分（{names}）：写出时没有加 raw=True，不是没有回答。",
    en="The folder was written without the unlinked sections ({names}), so their tables are empty; write it with raw=True to "
    "keep them.",
)


def is_written_folder(source: object) -> bool:
    """Whether it is a folder that `to_parquet` wrote."""
    folder = Path(source) if isinstance(source, str | Path) else None
    return folder is not None and exists(folder) and (folder / MANIFEST).is_file()


def read_written_folder(folder: Path, form: Form | None) -> Responses:
    """The responses as they were written; raises `ReadError` where a part is missing, or it is of another form."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        own = read_form(folder / FORM)
        if form is not None and form.id != own.id:
            raise ReadError(_OTHER.filled(folder=folder, there=own.id, form=form.id))
        removed = {path: tuple(map(_choice, choices)) for path, choices in told.get("removed_choices", {}).items()}
        plan = replace(plan_of(own), removed=removed)
        names = [name for name in plan.tables if name in told["tables"]]
        tables = {name: _read(folder / f"{file_name(name)}.parquet") for name in names}
        asked = {name: _read(folder / ASKED / f"{file_name(name)}.parquet") for name in names}
        beside = {name: _read(folder / TOLD / f"{name}.parquet") for name in BESIDE}
        notes = [Sentence(zh=note["zh"], en=note["en"]) for note in told["notes"]]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise ReadError(_DAMAGED.filled(folder=folder, detail=str(fault) or type(fault).__name__)) from fault
    if form is not None and form.version != own.version:
        notes.append(_OWN_FORM.filled(there=own.version, given=form.version))
    if missing := [name for name in plan.tables if name not in tables]:
        notes.append(_LEFT_OUT.filled(names=", ".join(missing)))
    left_out = frames(plan, {name: RawTable(table) for name, table in plan.tables.items()}, [], [], [])
    return Responses(
        own,
        plan,
        {name: tables.get(name, left_out.tables[name]) for name in plan.tables},
        {name: asked.get(name, left_out.asked[name]) for name in plan.tables},
        notes=tuple(notes),
        synthetic=bool(told["synthetic"]),
        counts=told["counts"],
        **beside,  # type: ignore[arg-type]  # frames by name
    )


def _choice(told: dict[str, Any]) -> Choice:
    label = {"label": Wording(MappingProxyType(dict(told["label"])))} if told["label"] else {}
    return Choice(told["name"], MappingProxyType(label), MappingProxyType({}), 0)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path)
