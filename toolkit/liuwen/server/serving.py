"""Tells other commands at which address a store is being served, and with whose certificate."""

import json
from contextlib import suppress
from pathlib import Path

from liuwen.server.addresses import lan_address

_FILE = "serving.json"


def say_serving(folder: Path, address: str, *, own_root: bool) -> None:
    """Write down the address, and whether the store's own authority vouches for it; both stay after the server has stopped."""
    place = folder / _FILE
    with suppress(OSError):  # a full disk: codes are then made for the default address
        place.write_text(json.dumps({"address": address, "own_root": own_root}), encoding="utf-8")
        place.chmod(0o600)


def served_at(folder: Path, port: int) -> str:
    """The address for phones: the one at which the store is or was last served, or else this computer's."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        return str(json.loads((folder / _FILE).read_text(encoding="utf-8"))["address"])
    return f"http://{lan_address()}:{port}"


def serves_own_root(folder: Path) -> bool:
    """Whether phones install the root of the store's own authority, from the address where the store is or was last served."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        return bool(json.loads((folder / _FILE).read_text(encoding="utf-8"))["own_root"])
    return False
