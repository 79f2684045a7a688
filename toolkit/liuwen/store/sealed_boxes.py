"""Encrypts pieces of a backup to a public key: AES-256-GCM, with a key of each run wrapped by RSA-OAEP (SHA-256).

Only the holder of the private key reads a backup, and a changed byte is noticed. The key pair is the one of `liuwen keys new`.
"""

import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.keys import pem_of, public_key_text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.padding import OAEP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

NEEDS_KEY = Sentence(
    zh="“{path}”里的备份是加密的；请用 --key 给出私钥。",
    en='The backups in "{path}" are encrypted; give the private key with --key.',
)
MIXED_SEALED = Sentence(
    zh="“{path}”里以前的备份是加密的；请用 --encrypt-to 给出同一把公钥，或换一个文件夹。",
    en='Earlier backups in "{path}" are encrypted; give the same public key with --encrypt-to, or use another folder.',
)
MIXED_PLAIN = Sentence(
    zh="“{path}”里以前的备份没有加密；加密的备份请换一个文件夹。",
    en='Earlier backups in "{path}" are not encrypted; use another folder for encrypted ones.',
)
OTHER_KEY = Sentence(
    zh="“{path}”里的备份是用另一把公钥加密的。",
    en='The backups in "{path}" are encrypted to another key.',
)

_NUMBER, _NONCE = 16, 12


class Box(Protocol):
    """How pieces are kept."""

    def name_of(self, digest: str) -> str:
        """The name of a piece with this SHA-256."""

    def close(self, content: bytes) -> bytes:
        """The content as it is kept."""

    def open(self, kept: bytes) -> bytes:
        """The content of what is kept."""


class _Plain:
    def name_of(self, digest: str) -> str:
        return digest

    def close(self, content: bytes) -> bytes:
        return content

    def open(self, kept: bytes) -> bytes:
        return kept


def boxes_for(folder: Path, public_key: bytes | None) -> Box:
    """How new pieces are kept; raises `StoreError` if earlier backups in the folder are kept in another way."""
    earlier = any((folder / "states").glob("*.json"))
    if earlier and (public_key is not None) != (folder / "keys").is_dir():
        raise StoreError((MIXED_PLAIN if public_key else MIXED_SEALED).filled(path=folder))
    return Boxes(folder, public_key) if public_key else _Plain()


class Boxes:
    """Pieces encrypted to a public key.

    Args:
        folder: The backup folder; wrapped keys are kept in its `keys/`.
        public_key: The public key (PEM).
    """

    def __init__(self, folder: Path, public_key: bytes) -> None:
        self._text = public_key_text(public_key)
        self._number = secrets.token_bytes(_NUMBER)
        self._key = secrets.token_bytes(32)
        self._mark = _mark(self._text)
        _keep_key(folder, self._text, self._mark, self._number, self._key)

    def name_of(self, digest: str) -> str:
        """The name of a piece: it depends on the key, so that pieces of two keys do not meet."""
        return _name(self._mark, digest)

    def close(self, content: bytes) -> bytes:
        """Encrypt a piece."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        return self._number + nonce + AESGCM(self._key).encrypt(nonce, content, self._number)

    def open(self, kept: bytes) -> bytes:
        """Not possible without the private key."""
        raise ValueError(kept[:_NUMBER].hex())


class OpenBoxes:
    """Encrypted pieces, read with the private key."""

    def __init__(self, folder: Path, key: "RSAPrivateKey") -> None:
        self._folder = folder / "keys"
        self._private = key
        self._mark = (self._folder / "owner").read_text(encoding="ascii")
        self._keys: dict[bytes, bytes] = {}

    def name_of(self, digest: str) -> str:
        """The name of a piece."""
        return _name(self._mark, digest)

    def close(self, content: bytes) -> bytes:
        """Not needed for reading."""
        raise ValueError(len(content))

    def open(self, kept: bytes) -> bytes:
        """Decrypt a piece; raises `ValueError` if it is damaged or meant for another key."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        number, nonce, content = kept[:_NUMBER], kept[_NUMBER : _NUMBER + _NONCE], kept[_NUMBER + _NONCE :]
        if number not in self._keys:
            self._keys[number] = self._private.decrypt((self._folder / number.hex()).read_bytes(), _oaep())
        try:
            return AESGCM(self._keys[number]).decrypt(nonce, content, number)
        except InvalidTag as damaged:
            raise ValueError(number.hex()) from damaged


def open_boxes(folder: Path, key: "RSAPrivateKey | None") -> Box:
    """How the pieces in a backup folder are read; raises `StoreError` if they are encrypted and there is no key."""
    if not (folder / "keys").is_dir():
        return _Plain()
    if key is None:
        raise StoreError(NEEDS_KEY.filled(path=folder))
    if (folder / "keys" / "owner").read_text(encoding="ascii") != _mark(_public_text(key)):
        raise StoreError(OTHER_KEY.filled(path=folder))
    return OpenBoxes(folder, key)


def _public_text(key: "RSAPrivateKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return public_key_text(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _name(mark: str, digest: str) -> str:
    return hashlib.sha256(f"{mark} {digest}".encode()).hexdigest()


def _keep_key(folder: Path, text: str, mark: str, number: bytes, key: bytes) -> None:
    """Keep the wrapped key of a run; a folder holds the backups of one key pair."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    owner = keys / "owner"
    if not owner.exists():
        owner.write_text(mark, encoding="ascii")
    if owner.read_text(encoding="ascii") != mark:
        raise StoreError(OTHER_KEY.filled(path=folder))
    public = load_pem_public_key(pem_of(text).encode())
    assert isinstance(public, RSAPublicKey)
    (keys / number.hex()).write_bytes(public.encrypt(key, _oaep()))


def _oaep() -> "OAEP":
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
    from cryptography.hazmat.primitives.hashes import SHA256

    return OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None)
