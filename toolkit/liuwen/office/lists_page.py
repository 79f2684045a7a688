"""Entity lists, such as the households and the ledger's matters, and the steps of one row: who changed what, and when."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from starlette.responses import Response

from liuwen.messages import Sentence
from liuwen.office.paging import PER_PAGE, part_of
from liuwen.office.rendering import moment, shown
from liuwen.office.rights import Right
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest
    from liuwen.store import EntityVersion

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="名单", en="Lists"),
    "list": Sentence(zh="名单", en="List"),
    "search": Sentence(zh="查找", en="Search"),
    "search_in": Sentence(zh="名称、任何一栏", en="name, any column"),
    "show": Sentence(zh="查看", en="Show"),
    "row": Sentence(zh="名称", en="Name"),
    "version": Sentence(zh="第几版", en="Version"),
    "updated": Sentence(zh="最近改动", en="Last change"),
    "conflict": Sentence(zh="有冲突", en="conflict"),
    "nothing": Sentence(zh="没有符合的行。", en="No rows match."),
    "none": Sentence(zh="还没有名单。", en="There are no lists yet."),
    "earlier": Sentence(zh="上一页", en="Previous page"),
    "later": Sentence(zh="下一页", en="Next page"),
    "back": Sentence(zh="返回名单", en="Back to the list"),
    "now": Sentence(zh="现在", en="Now"),
    "steps": Sentence(zh="经过", en="Step by step"),
    "by_office": Sentence(zh="办公室", en="the office"),
    "answer": Sentence(zh="答卷", en="Answer"),
    "was": Sentence(zh="原为", en="was"),
    "blank": Sentence(zh="空", en="blank"),
    "id": Sentence(zh="编号", en="ID"),
}
COUNT = Sentence(zh="共 {count} 行，第 {page}/{pages} 页", en="{count} rows, page {page} of {pages}")
NO_LIST = Sentence(zh="没有这份名单。", en="There is no such list.")
NO_ROW = Sentence(zh="名单里没有这一行，或您无权查看。", en="The list has no such row, or you have no access to it.")
_BESIDE = ("label", "version", "conflict", "created", "updated")


def lists(asked: "OfficeRequest") -> Response:
    """One list as a table."""
    store = asked.office.store
    names = store.entities.lists()
    name = asked.query.get("list") or (names[0] if names else "")
    if not name:
        return shown("lists.html", asked, "/lists", WORDS, names=(), name="")
    if name not in names:
        raise RefusedError(404, NO_LIST)
    table = store.entities[name]
    table = _matching(table[~table.index.isin(_hidden(asked))], asked.query.get("search", ""))
    part = part_of(asked, "/lists", len(table))
    rows = table.iloc[part.first : part.first + PER_PAGE]
    store.office.note("list viewed", name, f"{len(rows)}/{len(table)}")
    columns = [column for column in table.columns if column not in _BESIDE]
    return shown(
        "lists.html",
        asked,
        "/lists",
        WORDS,
        names=names,
        name=name,
        columns=columns,
        rows=[{**row, "id": uuid, "cells": [(column, row[column]) for column in columns]} for uuid, row in _records(rows)],
        query=asked.query,
        counted=COUNT.filled(count=len(table), page=part.number, pages=part.parts),
        part=part,
    )


def list_row(asked: "OfficeRequest") -> Response:
    """One row with all its steps, the newest first."""
    store, name, uuid = asked.office.store, str(asked.path["name"]), str(asked.path["uuid"])
    if name not in store.entities.lists() or uuid in _hidden(asked) or uuid not in store.entities[name].index:
        raise RefusedError(404, NO_ROW)
    entity = store.entities.get(name, uuid)
    senders = store.office.senders_of(tuple(one.submission for one in entity.versions if one.submission))
    before: list[EntityVersion | None] = [None, *entity.versions]
    steps = [_step(last, one, senders) for last, one in zip(before, entity.versions, strict=False)]
    store.office.note("list viewed", name, uuid)
    return shown("list_row.html", asked, "/lists", WORDS, entity=entity, steps=steps[::-1])


def _step(before: "EntityVersion | None", now: "EntityVersion", senders: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    was: dict[str, str] = {} if before is None else {"label": before.label, **before.data}
    changed = [(name, value, was.get(name, "")) for name, value in {"label": now.label, **now.data}.items()]
    number, who = senders.get(now.submission or "", (0, ""))
    return {
        "version": now.version,
        "when": moment(now.saved),
        "who": who or str(WORDS["by_office"]),
        "answer": number,
        "changed": [(name, value, old) for name, value, old in changed if value != old],
        "is_first": before is None,
        "conflict": now.conflict is not None and not now.resolved,
    }


def _hidden(asked: "OfficeRequest") -> frozenset[str]:
    """The rows that answers to confidential forms have written to, for whoever may not see those."""
    return frozenset() if asked.may(Right.CONFIDENTIAL) else asked.office.store.office.confidential_rows()


def _matching(table: pd.DataFrame, search: str) -> pd.DataFrame:
    """The rows in which every word of the search stands somewhere."""
    texts = table.drop(columns=[name for name in _BESIDE[1:] if name in table])
    for word in search.lower().split():
        found = texts.apply(lambda column, word=word: column.astype(str).str.lower().str.contains(word, regex=False))
        table, texts = table[found.any(axis=1)], texts[found.any(axis=1)]
    return table


def _records(part: pd.DataFrame) -> list[tuple[str, dict[str, Any]]]:
    moments = [made if pd.isna(changed) else changed for made, changed in zip(part["created"], part["updated"], strict=True)]
    told = part.assign(changed=[moment(one.floor("s").to_pydatetime()) for one in moments], conflict=part["conflict"].notna())
    return list(zip(map(str, part.index), ({str(k): v for k, v in row.items()} for row in told.to_dict("records")), strict=True))
