"""A public key that phones cannot encrypt with."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def pem(key: object) -> str:
    """The lines of a key file."""
    written: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return written.decode()


RSA = pem(generate_private_key(65537, 2048)).splitlines()


@pytest.mark.parametrize(
    ("key", "is_fine"),
    [
        ("".join(RSA[1:-1]), True),
        (" ".join(RSA[1:-1]), True),
        ("".join(RSA), False),
        ("".join(RSA[1:-2]), False),
        ("abc", False),
        (pem(Ed25519PrivateKey.generate()).splitlines()[1], False),
    ],
    ids=["one line", "spaces between", "the whole file", "cut short", "words", "another kind of key"],
)
def test_only_an_rsa_key_in_one_line_works(found: Found, key: str, is_fine: bool) -> None:
    """Anything else fails when the first form is finished."""
    form = f"""
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | public_key |
| | f | {key} |
"""
    assert found("unreadable-public-key", form) == ([] if is_fine else [("error", 2, "public_key")])
