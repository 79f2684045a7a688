"""The pieces of a backup folder: each written once, under the hash of its content."""

import hashlib
import secrets
from pathlib import Path
from typing import IO

from liuwen.store.files import sync_folder, write_in_place
from liuwen.store.sealed_boxes import Box

PIECE = 256 * 1024
"""The largest piece in bytes: small enough that a new submission makes few pieces of a database new."""


def read_piece(stream: IO[bytes]) -> bytes:
    """The next piece of a file; empty at its end."""
    return stream.read(PIECE)


class BackupParts:
    """The pieces in a backup folder.

    Args:
        folder: The backup folder.
        boxes: How pieces are encrypted, or left as they are.
    """

    def __init__(self, folder: Path, boxes: Box) -> None:
        self.folder = folder / "parts"
        self.boxes = boxes
        self.added = 0
        self._touched: set[Path] = set()

    def put(self, piece: bytes) -> str:
        """Keep a piece, if it is not there; returns its name. Synced to disk by `sync`."""
        name = self.boxes.name_of(hashlib.sha256(piece).hexdigest())
        place = self.path(name)
        if not place.exists():
            self._write(place, self.boxes.close(piece))
        return name

    def get(self, name: str) -> bytes:
        """A piece; raises `ValueError` if its content does not match its name."""
        piece = self.boxes.open(self.path(name).read_bytes())
        if self.boxes.name_of(hashlib.sha256(piece).hexdigest()) != name:
            raise ValueError(name)
        return piece

    def path(self, name: str) -> Path:
        """Where a piece is kept."""
        return self.folder / name[:2] / name

    def sync(self) -> None:
        """Make the names of new pieces survive a power cut; their content is synced when written."""
        for folder in (*self._touched, *([self.folder, self.folder.parent] if self._touched else [])):
            sync_folder(folder)

    def _write(self, place: Path, content: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_in_place(place, place.with_name(f"{secrets.token_hex(8)}.part"), content)
        self.added += len(content)
        self._touched.add(place.parent)
