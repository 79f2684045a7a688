"""Where the package keeps what takes long to make and is the same each time."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder for what is kept between runs, there or not; None if nothing is to be kept.

    It lies in the user's caches, or is the one that the environment variable LIUWEN_CACHE names; where that is empty, nothing
    is kept.
    """
    named = os.environ.get("LIUWEN_CACHE")
    if named is not None:
        return Path(named) if named else None
    try:
        usual = _caches_of_the_user()
    except RuntimeError:  # a user without a home, as in some containers
        return None
    return usual / "liuwen" if usual.is_absolute() else None


def _caches_of_the_user() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", ""))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
