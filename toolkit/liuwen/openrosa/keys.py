"""Key pairs for encrypted forms: phones encrypt with the public key; decryption needs the private key and its passphrase."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from liuwen.errors import StoreError
from liuwen.messages import Sentence

BITS = 2048
"""The key size of ODK Collect and Central; a larger key would not strengthen the AES-256 encryption of phones."""

SHORTEST = 10
"""Minimum length of a passphrase, as in Central."""

NO_PASSPHRASE = Sentence(
    zh="私钥需要一个至少 10 个字符的口令。", en="The private key needs a passphrase of at least 10 characters."
)
THERE = Sentence(
    zh="“{path}”已经存在；为免失去能解密旧数据的私钥，没有覆盖。",
    en='"{path}" already exists; it was not overwritten, because older data may need it.',
)
NOT_KEY = Sentence(zh="这不是 RSA 公钥（PEM 或 base64）。", en="This is not an RSA public key (PEM or base64).")


_AROUND = re.compile(r"-----[A-Z ]+-----|\s")
_LINE = re.compile(".{1,64}")


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An RSA key pair.

    Attributes:
        public: The public key as an XForm contains it (base64).
        private: The private key as PEM, encrypted with the passphrase.
    """

    public: str
    private: bytes = field(repr=False)

    def write(self, path: str | Path) -> Path:
        """Write the private key to a file readable only by its owner, and the public key beside it as `.pub`.

        Args:
            path: The file for the private key.

        Returns:
            The path.

        Raises:
            StoreError: If one of the files already exists.
        """
        private = Path(path)
        public = private.with_name(private.name + ".pub")
        for file in (private, public):
            if file.exists():
                raise StoreError(THERE.filled(path=file))
        private.touch(mode=0o600)
        private.write_bytes(self.private)
        public.write_text(pem_of(self.public), encoding="ascii")
        return private


def new_keys(passphrase: str) -> KeyPair:
    """Create a key pair. Encrypted data cannot be read without the private key and its passphrase.

    Args:
        passphrase: At least 10 characters.

    Returns:
        The key pair.

    Raises:
        StoreError: If the passphrase is too short.

    Example:
        >>> keys = new_keys("six questions, one answer")
        >>> keys.private.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
        True
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    if len(passphrase) < SHORTEST:
        raise StoreError(NO_PASSPHRASE)
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(public_key_text(public), private)


def public_key_text(key: str | bytes) -> str:
    """The public key as an XForm contains it (base64 of its DER), from PEM text, base64, or a `KeyPair`.

    Raises `StoreError` if `key` is not an RSA public key, because answers encrypted with it could never be read.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    text = key.decode("ascii", "replace") if isinstance(key, bytes) else key
    body = _AROUND.sub("", text)
    try:
        loaded = load_pem_public_key(pem_of(body).encode())
    except ValueError as broken:
        raise StoreError(NOT_KEY) from broken
    if "PRIVATE" in text or not isinstance(loaded, RSAPublicKey):
        raise StoreError(NOT_KEY)
    return body


def pem_of(body: str) -> str:
    """A public key as an XForm contains it, as PEM."""
    lines = "\n".join(_LINE.findall(body))
    return f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n"
