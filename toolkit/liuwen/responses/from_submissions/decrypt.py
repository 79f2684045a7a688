"""Encrypted submissions: opened with the private key, and told apart whether whole, damaged or meant for another key.

The scheme is that of the ODK XForms specification ("Encryption"): an AES-256 key wrapped with RSA-OAEP (SHA-256), each file
in AES-CFB with PKCS#7 padding, its initialisation vector counted on from the MD5 of instance ID and key; the signature is an
RSA-OAEP of an MD5 over all files' digests, so it shows damage, not who wrote.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import count
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree

from liuwen.errors import ReadError
from liuwen.messages import Sentence
from liuwen.responses.from_submissions.instance import MAX_BYTES, InstanceError, identity
from liuwen.responses.source import Opener, is_plain_name

_Cipher = Cipher[CFB]
_CHUNK = 1024 * 1024
_BLOCK = 128
_NOT_NAME = re.compile(r"[^\w.-]+")
_OAEP = OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None)

_NOT_A_KEY = Sentence(zh="{name} 不是 PEM 格式的 RSA 私钥。", en="{name} is not an RSA private key in PEM format.")
_PASSPHRASE = Sentence(
    zh="{name} 受口令保护，所给口令不对或没有给。",
    en="{name} is protected by a passphrase, which is wrong or missing.",
)
_WRONG_KEY = Sentence(
    zh="它是用另一把公钥加密的，这把私钥打不开。",
    en="It was encrypted with another public key; this private key cannot decrypt it.",
)
_DAMAGED = Sentence(
    zh="加密内容已损坏：解密结果与签名不符，或无法解密（{where}）。",
    en="The encrypted content is damaged: it does not match its signature, or cannot be decrypted ({where}).",
)
_ABSENT = Sentence(zh="旁边没有加密的答卷文件 {name}。", en="The encrypted file {name} is missing.")
_UNSAFE = Sentence(
    zh="附件名“{name}”指向别处，没有读取。",
    en="The attachment name “{name}” points to another folder; it was not read.",
)


@dataclass(frozen=True, slots=True)
class Decrypted:
    """A submission as it was before it was encrypted; `missing` names the media that did not come with it."""

    xml: bytes
    missing: tuple[str, ...]

    @property
    def is_verified(self) -> bool:
        """Whether the signature was checked; it cannot be where media are missing."""
        return not self.missing


def read_private_key(source: str | PathLike[str] | bytes | RSAPrivateKey, passphrase: str | None = None) -> RSAPrivateKey:
    """The key in a PEM file (or its bytes); raises `ReadError` for anything else, or the wrong passphrase."""
    if isinstance(source, RSAPrivateKey):
        return source
    name = "PEM" if isinstance(source, bytes) else Path(source).name
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        key = load_pem_private_key(data, passphrase.encode() if passphrase and b"ENCRYPTED" in data else None)
    except (ValueError, TypeError) as fault:
        raise ReadError((_PASSPHRASE if b"ENCRYPTED" in data else _NOT_A_KEY).filled(name=name)) from fault
    except OSError as fault:
        raise ReadError(_NOT_A_KEY.filled(name=name)) from fault
    if not isinstance(key, RSAPrivateKey):
        raise ReadError(_NOT_A_KEY.filled(name=name))
    return key


def decrypt(envelope: etree._Element, open_file: Opener, key: RSAPrivateKey, media_to: Path | None = None) -> Decrypted:
    """The submission inside an encrypted one; its media are streamed to `media_to/<instance ID>/` where that is given.

    Nothing is left in `media_to` unless the signature holds (or cannot be checked, as some media did not come). Raises
    `InstanceError` for a wrong key, for damage, and where the encrypted answers are absent.
    """
    who = identity(envelope)
    wrapped = _text(envelope, "base64EncryptedKey")
    aes_key, signature = _unwrapped(key, wrapped, _text(envelope, "base64EncryptedElementSignature"))
    names = [_safe((node.text or "").strip()) for node in envelope.iterfind("{*}media/{*}file")]
    ciphers = _ciphers(who.instance_id, aes_key)
    with _Folder(media_to) as folder:
        digests = {_plain(name): _media(open_file(name), next(ciphers), name, folder) for name in names}
        answers = _safe(_text(envelope, "encryptedXmlFile"))
        xml = _answers(open_file(answers), next(ciphers), answers)
        missing = tuple(name for name, digest in digests.items() if digest is None)
        signed = [who.form_id, who.version, wrapped, who.instance_id]
        files = {**digests, _plain(answers): _md5(xml).hexdigest()}
        told = [*(line for line in signed if line), *(f"{name}::{digest}" for name, digest in files.items())]
        if not missing and _md5("".join(f"{line}\n" for line in told).encode()).digest() != signature:
            raise InstanceError(_DAMAGED.filled(where=who.instance_id))
        folder.keep(who.instance_id)
    return Decrypted(xml, missing)


def media_folder(media_to: Path, instance_id: str) -> Path:
    """Where the media of one submission are put."""
    name = _NOT_NAME.sub("_", instance_id)
    return media_to / (name if name.strip(".") else f"_{name}")


def decrypted_files(media_to: Path, instance_id: str) -> Opener:
    """What opens the decrypted media of one submission."""
    folder = media_folder(media_to, instance_id)

    def opened(name: str) -> IO[bytes] | None:
        file = folder / name
        return file.open("rb") if is_plain_name(name) and file.is_file() else None

    return opened


class _Folder:
    """Where media are put while they are not known to be whole, and kept once they are."""

    def __init__(self, to: Path | None) -> None:
        self._to = to
        self._waiting: TemporaryDirectory[str] | None = None

    def __enter__(self) -> "_Folder":
        if self._to is not None:
            self._to.mkdir(parents=True, exist_ok=True)
            self._waiting = TemporaryDirectory(dir=self._to, prefix=".")
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting is not None:
            self._waiting.cleanup()

    def open(self, name: str) -> IO[bytes] | None:
        """The file to write `name` to, or None if no files are kept."""
        return (Path(self._waiting.name) / name).open("wb") if self._waiting else None

    def keep(self, instance_id: str) -> None:
        """What was written is whole: put it where the caller finds it."""
        if self._waiting is None or self._to is None:
            return
        files = list(Path(self._waiting.name).iterdir())
        own = media_folder(self._to, instance_id)
        if files:
            own.mkdir(exist_ok=True)
        for file in files:
            file.replace(own / file.name)


def _media(encrypted: IO[bytes] | None, cipher: _Cipher, name: str, folder: _Folder) -> str | None:
    """The digest of an attachment, decrypted in chunks; None if the attachment is missing."""
    if encrypted is None:
        return None
    digest = _md5(b"")
    kept = folder.open(_plain(name))
    with encrypted, kept or nullcontext():
        for piece in _deciphered(encrypted, cipher, name):
            digest.update(piece)
            if kept:
                kept.write(piece)
    return digest.hexdigest()


def _answers(encrypted: IO[bytes] | None, cipher: _Cipher, name: str) -> bytes:
    if encrypted is None:
        raise InstanceError(_ABSENT.filled(name=name))
    pieces = []
    size = 0
    with encrypted:
        for piece in _deciphered(encrypted, cipher, name):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                break  # parsing refuses it, and says why
    return b"".join(pieces)


def _deciphered(encrypted: IO[bytes], cipher: _Cipher, name: str) -> Iterator[bytes]:
    """A file's content piece by piece, its padding taken off; raises `InstanceError` for invalid padding."""
    decryptor, unpadder = cipher.decryptor(), PKCS7(_BLOCK).unpadder()
    while piece := encrypted.read(_CHUNK):
        yield unpadder.update(decryptor.update(piece))
    try:
        yield unpadder.update(decryptor.finalize()) + unpadder.finalize()
    except ValueError as fault:
        raise InstanceError(_DAMAGED.filled(where=name)) from fault


def _unwrapped(key: RSAPrivateKey, wrapped: str, signature: str) -> tuple[bytes, bytes]:
    """The AES key and the signed digest. A key that opens neither is the wrong one; one that opens one shows damage."""
    opened = [_opened(key, text) for text in (wrapped, signature)]
    if opened == [None, None]:
        raise InstanceError(_WRONG_KEY)
    aes_key, digest = opened
    if aes_key is None or digest is None or len(aes_key) * 8 not in algorithms.AES.key_sizes:
        raise InstanceError(_DAMAGED.filled(where="base64EncryptedKey" if digest else "base64EncryptedElementSignature"))
    return aes_key, digest


def _opened(key: RSAPrivateKey, text: str) -> bytes | None:
    try:
        return key.decrypt(base64.b64decode(text), _OAEP)
    except ValueError:
        return None


def _ciphers(instance_id: str, aes_key: bytes) -> Iterator[_Cipher]:
    """One cipher a file: each initialisation vector is the last with its next byte counted on by one."""
    vector = bytearray(_md5(instance_id.encode() + aes_key).digest())
    for number in count():
        vector[number % len(vector)] = (vector[number % len(vector)] + 1) % 256
        yield Cipher(algorithms.AES(aes_key), CFB(bytes(vector)))


def _safe(name: str) -> str:
    if name and not is_plain_name(name):
        raise InstanceError(_UNSAFE.filled(name=name))
    return name


def _plain(name: str) -> str:
    return name.removesuffix(".enc")


def _md5(data: bytes) -> "hashlib._Hash":
    return hashlib.md5(data, usedforsecurity=False)


def _text(envelope: etree._Element, name: str) -> str:
    return (envelope.findtext(f"{{*}}{name}") or "").strip()
