"""Responses on disk: a Parquet file a table, what explains them, and all that reading them back needs."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.responses.exports.shown import remarks, shown_tables

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

CODEBOOK = "codebook"
ASKED = "asked"
TOLD = "told"
"""The folder of what is known beside the answers."""
MANIFEST = "liuwen.json"
FORM = "form.xlsx"
BESIDE = ("rejected", "unknown", "entities", "submissions", "audit", "edits")


def write_parquet(responses: "Responses", folder: Path, *, raw: bool) -> Path:
    """Write `<table>.parquet` for each table, `asked/<table>.parquet` (who was asked what), `codebook.parquet`, the form, and
    what is known beside the answers.

    What an earlier writing left of tables that are left out now is removed.
    """
    from liuwen.form.writing import write_form

    (folder / ASKED).mkdir(parents=True, exist_ok=True)
    (folder / TOLD).mkdir(exist_ok=True)
    tables = shown_tables(responses, raw=raw)
    for name in responses.tables.keys() - tables.keys():
        for file in (folder / f"{file_name(name)}.parquet", folder / ASKED / f"{file_name(name)}.parquet"):
            file.unlink(missing_ok=True)
    for name, table in tables.items():
        planned = responses.plan.tables[name]
        asked = pd.DataFrame({column.name: responses.asked(column.name) for column in planned.columns}, index=table.index)
        _write_labelled(responses, name, table, folder / f"{file_name(name)}.parquet")
        asked.to_parquet(folder / ASKED / f"{file_name(name)}.parquet", index=not planned.unlinked)
    responses.codebook().to_parquet(folder / f"{CODEBOOK}.parquet", index=False)
    for name in BESIDE:
        frame: pd.DataFrame = getattr(responses, name)
        if name == "unknown" and not raw:
            frame = frame[frame["key"].notna()]  # the values of unlinked sections have no key
        frame.to_parquet(folder / TOLD / f"{name}.parquet")
    write_form(responses.form, folder / FORM)
    told = {
        "form_id": responses.form.id,
        "version": responses.form.version,
        "tables": list(tables),
        "synthetic": responses.synthetic,
        "counts": dict(responses.counts),
        "notes": [{"zh": note.in_language("zh"), "en": note.in_language("en")} for note in responses.notes],
        "about": [sentence.in_language("en") for sentence in remarks(responses, "UTC", raw=raw)],
    }
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def _write_labelled(responses: "Responses", name: str, table: pd.DataFrame, path: Path) -> None:
    """A table with each column's label, in every language, in the schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = pa.Table.from_pandas(table, preserve_index=not responses.plan.tables[name].unlinked)
    labels = {head: column.element for column in responses.plan.tables[name].columns for head in column.heads}
    languages = responses.form.languages or ("",)
    fields: list[pa.Field] = []
    for place in made.schema:
        element = labels.get(place.name)
        told = {f"label:{language}".rstrip(":"): element.label(language) if element else "" for language in languages}
        fields.append(place.with_metadata({key: text for key, text in told.items() if text}) if any(told.values()) else place)
    says = {b"liuwen": json.dumps({"form": responses.form.id, "synthetic": responses.synthetic}).encode()}
    pq.write_table(made.cast(pa.schema(fields, {**(made.schema.metadata or {}), **says})), path)


def file_name(table: str) -> str:
    """The table's name as a valid file name.

    >>> file_name("household/member")
    'household.member'
    """
    name = re.sub(r"[/\\]+", ".", table.strip("/"))
    return f"{name}_" if name == CODEBOOK else name
