"""Answers from wherever they are: what `responses` reads, and stores by their folder."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from liuwen.responses import load_to_parquet as write_files
from liuwen.responses import read_responses as read_files
from liuwen.responses.streaming import loaded_to_parquet as loaded_files

if TYPE_CHECKING:
    from liuwen.store import Store

_Given = ParamSpec("_Given")
_Told = TypeVar("_Told")
_KEPT_IN = "store.sqlite"


def store_at(source: object) -> "Store | None":
    """The store in a folder; None if there is none, or the source is no folder."""
    if not isinstance(source, str | Path) or not _is_file(Path(source) / _KEPT_IN):
        return None
    from liuwen.store import Store

    return Store(source)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text that is no path
        return False


def _or_a_store(read: Callable[_Given, _Told]) -> Callable[_Given, _Told]:
    @wraps(read)
    def reading(*given: _Given.args, **told: _Given.kwargs) -> _Told:
        store: Any = store_at(given[0] if given else told.get("source"))
        if store is None:
            return read(*given, **told)
        named: Any = told if given else {**told, "source": store}
        return cast("_Told", cast("Any", read)(*(store, *given[1:])[: len(given)], **named))

    return reading


read_responses = _or_a_store(read_files)
load_to_parquet = _or_a_store(write_files)
loaded_to_parquet = _or_a_store(loaded_files)
