"""Opens stores named on the command line; a wrong path must not create an empty store."""

from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store import Store

NO_STORE = Sentence(zh="“{path}”不是库：里面没有 store.sqlite。", en='"{path}" is not a store: it has no store.sqlite.')


def open_store(path: Path) -> "Store":
    """The store in a folder; raises `StoreError` if there is none."""
    from liuwen.store import Store

    if not (path / "store.sqlite").is_file():
        raise StoreError(NO_STORE.filled(path=path))
    return Store(path)
