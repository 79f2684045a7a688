"""Entity lists at the office: read, add, change, delete, resolve conflicts; also while another process serves the store."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from liuwen.store.audit import Act
from liuwen.store.entities import backlog, lists, replacing
from liuwen.store.entities.history import Entity, read_entity

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.store.keeping import Keeping


_CHANGED = "list changed"


class EntityDesk:
    """The entity lists of a store: `store.entities["households"]` is one as a table."""

    def __init__(self, keeping: "Keeping") -> None:
        self._keeping = keeping

    def __getitem__(self, list_name: str) -> "pd.DataFrame":
        """The current list, one row per entity; raises `StoreError` if there is no such list.

        Index `name` (the entity's ID); columns `label`, one a property, `version`, `conflict`, `created` and `updated` (UTC).
        """
        with self._keeping.reading() as connection:
            return lists.read_list(connection, list_name)

    def lists(self) -> tuple[str, ...]:
        """The names of the lists."""
        with self._keeping.reading() as connection:
            return tuple(name for (name,) in connection.execute("SELECT name FROM entity_lists ORDER BY number"))

    def get(self, list_name: str, uuid: str) -> Entity:
        """One entity with its history; raises `StoreError` if there is none."""
        with self._keeping.reading() as connection:
            return read_entity(connection, list_name, uuid)

    def create_list(self, list_name: str, properties: Iterable[str] = ()) -> None:
        """Create a list, or add properties to one; forms that declare a list create it themselves."""
        self._keeping.administer(lambda c: lists.create_list(c, list_name, tuple(properties)), Act(_CHANGED, list_name))

    def create(self, list_name: str, rows: "Iterable[Mapping[str, str]] | pd.DataFrame") -> list[str]:
        """Add entities: rows with `label`, properties, and optionally their ID as `name`; returns their IDs.

        All rows or none are added; raises `StoreError` for an unknown property, a blank label, or an existing ID.
        """
        given = list(_records(rows))  # before the transaction, which phones wait for
        clock, act = self._keeping.clock, Act(_CHANGED, list_name)
        return self._keeping.administer(lambda c: lists.create_entities(c, list_name, given, clock()), act)

    def update(self, list_name: str, uuid: str, change: Mapping[str, str], *, base_version: int | None = None) -> None:
        """Change properties or the `label` of an entity; if `base_version` is given, only if it is still the current version."""
        clock, act = self._keeping.clock, Act(_CHANGED, list_name)
        self._keeping.administer(
            lambda c: lists.update_entity(c, list_name, uuid, change, base_version=base_version, now=clock()), act
        )

    def replace(self, list_name: str, table: "pd.DataFrame") -> int:
        """Replace the content of a list by the rows of `table`, for a computed list that no form writes to.

        Args:
            list_name: The list; created if it does not exist.
            table: One row per entity, with the ID as index: `label`, and one column per property, all text.

        Returns:
            How many entities were new, changed or taken off.
        """
        columns = tuple(column for column in table.columns if column != "label")
        records: list[dict[str, str]] = table.astype(str).to_dict("records")  # type: ignore[assignment]
        rows = dict(zip(map(str, table.index), records, strict=True))
        keeping = self._keeping
        return keeping.change(lambda c: replacing.replace_list(c, list_name, columns, rows, keeping.clock()))

    def delete(self, list_name: str, uuid: str) -> None:
        """Delete an entity; its history is kept, and phones learn of the deletion."""
        clock, act = self._keeping.clock, Act(_CHANGED, list_name)
        self._keeping.administer(lambda c: lists.delete_entity(c, list_name, uuid, clock()), act)

    def resolve(self, list_name: str, uuid: str) -> None:
        """Mark the conflict of an entity as resolved."""
        self._keeping.administer(lambda c: lists.resolve_conflict(c, list_name, uuid), Act(_CHANGED, list_name))

    def faults(self) -> "pd.DataFrame":
        """Submissions whose entities could not be processed, with the reason: `form_id`, `instance_id`, `zh`, `en`, `found`."""
        with self._keeping.reading() as connection:
            return lists.read_faults(connection)

    def process_backlog(self, *, days: float = backlog.DAYS) -> int:
        """Apply offline changes that have waited more than `days` for earlier ones; returns how many."""
        from liuwen.store.intake import process_backlog

        keeping = self._keeping
        return keeping.change(lambda c: process_backlog(c, now=keeping.clock(), days=days))


def _records(rows: "Iterable[Mapping[str, str]] | pd.DataFrame") -> Iterable[Mapping[str, Any]]:
    import pandas as pd

    if not isinstance(rows, pd.DataFrame):
        return rows
    filled: Any = rows.astype(object).where(rows.notna(), "").to_dict("records")
    return filled  # type: ignore[no-any-return]
