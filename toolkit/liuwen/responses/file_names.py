"""Names of files that a pull from a server keeps, and reading finds again."""

import hashlib
from pathlib import Path
from urllib.parse import quote

_LONGEST = 150
"""Bytes of a name; longer ones become a hash."""


def kept_file_name(name: str) -> str:
    """A file name that stays in its folder, whatever the server's name is.

    >>> kept_file_name("photo 1.jpg"), kept_file_name("../a:b")
    ('photo 1.jpg', '..%2Fa%3Ab')
    """
    safe = "".join(letter if letter.isalnum() or letter in " -_.()+@" else quote(letter, safe="") for letter in name)
    if len(safe.encode()) > _LONGEST:
        return hashlib.sha256(name.encode()).hexdigest()[:32] + Path(safe).suffix[:16]
    return safe if safe.strip(". ") else f"_{safe}_"
