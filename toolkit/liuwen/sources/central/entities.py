"""Transfers entity lists between tables and ODK Central."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liuwen.messages import Sentence
from liuwen.sources.central.addresses import PAGE, quoted
from liuwen.sources.replies import Reply, path_of, read_reply, refuse, require_columns

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.sources.central.client import Central

SYSTEM = ("label", "version", "conflict", "created", "updated")
"""Columns of a list's table that are not properties."""

_COLUMNS = ("__id", "label", "__version", "__createdAt", "__updatedAt")
_NOT_A_LIST = Sentence(zh="不是实体列表", en="it is not an entity list")


@dataclass(frozen=True, slots=True)
class Pushed:
    """The result of a push.

    Attributes:
        created: The number of entities created.
        updated: The number of entities updated.
        unchanged: The number of entities that were up to date.
    """

    created: int
    updated: int
    unchanged: int


def read_entities(central: "Central", list_name: str) -> "pd.DataFrame":
    """Read an entity list; see `Central.entities`."""
    import pandas as pd

    place = f"datasets/{quoted(list_name)}"
    properties = _properties(central, list_name)
    asked = {"$select": "__id,__system", "$top": PAGE}
    listed = (Reply(row, central.url, f"{place}.svc/Entities") for row in central.odata(f"{place}.svc/Entities", asked))
    conflicts = {row["__id"].text(): row["__system"]["conflict"].text("") for row in listed}
    answer = central.get(f"{place}/entities.csv")  # OData replaces every character of a Chinese property name by "_"
    try:
        rows = pd.read_csv(io.BytesIO(answer.content), dtype=str, keep_default_na=False, lineterminator="\n")
        require_columns(rows.columns, [*_COLUMNS, *properties], central.url, path_of(answer))
        rows = rows.set_index("__id")
        return (
            rows[["label", *properties]]
            .assign(
                version=rows["__version"].astype("int64"),
                conflict=[conflicts.get(uuid, "") for uuid in rows.index],
                created=pd.to_datetime(rows["__createdAt"], utc=True, format="ISO8601"),
                updated=pd.to_datetime(rows["__updatedAt"], utc=True, format="ISO8601"),
            )
            .rename_axis("name")
        )
    except ValueError:
        refuse(_NOT_A_LIST, central.url, path_of(answer))


def push_entities(central: "Central", list_name: str, table: "pd.DataFrame") -> Pushed:
    """Bring an entity list on the server up to date with a table; see `Central.push_entities`."""
    wanted = (
        table.drop(columns=[name for name in SYSTEM if name != "label" and name in table]).astype("object").fillna("").astype(str)
    )
    wanted.index = wanted.index.astype(str).str.lower().str.removeprefix("uuid:")
    _make_list(central, list_name, [str(name) for name in wanted.columns if name != "label"])
    there = read_entities(central, list_name)
    place = f"datasets/{quoted(list_name)}/entities"
    new = wanted[~wanted.index.isin(there.index)]
    for start in range(0, len(new), PAGE):
        batch = new.iloc[start : start + PAGE].to_dict("index")
        entities = [{"uuid": uuid, **_content(row)} for uuid, row in batch.items()]
        central.send("POST", place, json={"entities": entities, "source": {"name": "liuwen", "size": len(entities)}})
    known = wanted[wanted.index.isin(there.index)]
    differing = known[(known != there.loc[known.index].reindex(columns=known.columns, fill_value="").astype(str)).any(axis=1)]
    versions = there["version"].to_dict()
    for uuid, row in differing.to_dict("index").items():
        params = {"baseVersion": versions[uuid]}
        central.send("PATCH", f"{place}/{quoted(str(uuid))}", params=params, json=_content(row))
    return Pushed(created=len(new), updated=len(differing), unchanged=len(known) - len(differing))


def _content(row: dict[Any, Any]) -> dict[str, object]:
    return {"label": row["label"], "data": {str(name): value for name, value in row.items() if name != "label"}}


def _make_list(central: "Central", list_name: str, properties: list[str]) -> None:
    if list_name not in {each["name"].text() for each in read_reply(central.get("datasets"), central.url).rows()}:
        central.send("POST", "datasets", json={"name": list_name})
    for name in sorted(set(properties) - set(_properties(central, list_name)), key=properties.index):
        central.send("POST", f"datasets/{quoted(list_name)}/properties", json={"name": name})


def _properties(central: "Central", list_name: str) -> list[str]:
    answer = read_reply(central.get(f"datasets/{quoted(list_name)}"), central.url)
    return [each["name"].text() for each in answer["properties"].rows()]
