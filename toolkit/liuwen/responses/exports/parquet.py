"""Responses on disk: a Parquet file a table, what explains them, and all that reading them back needs."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.form.elements import Choice
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.exports.shown import remarks, shown_tables
from liuwen.responses.plan import Table, TablePlan

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
    import pyarrow.parquet as pq

    from liuwen.form.writing import write_form

    (folder / ASKED).mkdir(parents=True, exist_ok=True)
    (folder / TOLD).mkdir(exist_ok=True)
    tables = shown_tables(responses, raw=raw)
    remove_tables(folder, responses.tables.keys() - tables.keys())
    for name, table in tables.items():
        planned = responses.plan.tables[name]
        asked = pd.DataFrame({column.name: responses.asked(column.name) for column in planned.columns}, index=table.index)
        made = labelled_table(responses.form, planned, table, synthetic=responses.synthetic)
        pq.write_table(made, folder / f"{file_name(name)}.parquet")
        asked.to_parquet(folder / ASKED / f"{file_name(name)}.parquet", index=not planned.unlinked)
    responses.codebook().to_parquet(folder / f"{CODEBOOK}.parquet", index=False)
    for name in BESIDE:
        frame: pd.DataFrame = getattr(responses, name)
        if name == "unknown" and not raw:
            frame = frame[frame["key"].notna()].reset_index(drop=True)  # the values of unlinked sections have no key
        frame.to_parquet(folder / TOLD / f"{name}.parquet")
    write_form(responses.form, folder / FORM)
    about = remarks(responses, "UTC", raw=raw)
    write_manifest(folder, responses.plan, list(tables), responses.counts, responses.notes, about, synthetic=responses.synthetic)
    return folder


def remove_tables(folder: Path, names: Iterable[str]) -> None:
    """Remove what an earlier writing left of some tables."""
    for name in names:
        for file in (folder / f"{file_name(name)}.parquet", folder / ASKED / f"{file_name(name)}.parquet"):
            file.unlink(missing_ok=True)


def write_manifest(  # noqa: PLR0917 - all that it says
    folder: Path,
    plan: TablePlan,
    tables: Sequence[str],
    counts: Mapping[str, int],
    notes: Sequence[Sentence],
    about: Sequence[Sentence],
    *,
    synthetic: bool,
) -> None:
    """Write what is known of the loading."""
    told = {
        "form_id": plan.form.id,
        "version": plan.form.version,
        "tables": list(tables),
        "removed_choices": {path: [_told(choice) for choice in choices] for path, choices in plan.removed.items()},
        "synthetic": synthetic,
        "counts": dict(counts),
        "notes": [{"zh": note.in_language("zh"), "en": note.in_language("en")} for note in notes],
        "about": [sentence.in_language("en") for sentence in about],
    }
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _told(choice: Choice) -> dict[str, object]:
    return {"name": choice.name, "label": dict(choice.wordings["label"].texts) if "label" in choice.wordings else {}}


def labelled_table(form: Form, planned: Table, table: pd.DataFrame, *, synthetic: bool) -> Any:
    """A table with each column's label, in every language, in the schema."""
    import pyarrow as pa

    made = pa.Table.from_pandas(table, preserve_index=not planned.unlinked)
    labels = {head: column.element for column in planned.columns for head in column.heads}
    languages = form.languages or ("",)
    fields: list[pa.Field] = []
    for place in made.schema:
        element = labels.get(place.name)
        told = {f"label:{language}".rstrip(":"): element.label(language) if element else "" for language in languages}
        fields.append(place.with_metadata({key: text for key, text in told.items() if text}) if any(told.values()) else place)
    says = {b"liuwen": json.dumps({"form": form.id, "synthetic": synthetic}).encode()}
    return made.cast(pa.schema(fields, {**(made.schema.metadata or {}), **says}))


def file_name(table: str) -> str:
    """The table's name as a valid file name.

    >>> file_name("household/member")
    'household.member'
    """
    name = re.sub(r"[/\\]+", ".", table.strip("/"))
    return f"{name}_" if name == CODEBOOK else name
