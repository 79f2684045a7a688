"""A public key that phones cannot encrypt with."""

import base64
import binascii
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

UNREADABLE = Sentence(
    zh="public_key 不是 RSA 公钥，手机无法加密，填完的表单保存不了：请把公钥文件里首尾两行之间的全部字符连成一行粘贴进来。",
    en="public_key is no RSA public key, so phones cannot encrypt and a finished form cannot be saved; paste what is between the "
    "first and the last line of the key file, as one line.",
)


def unreadable_public_key(facts: Facts) -> Iterator[Fault]:
    """Collect reads it when the first form is finished."""
    key = facts.form.settings.get("public_key", "")
    if key and not _is_rsa(key):
        yield error(facts.place("settings", 2, "public_key"), UNREADABLE)


def _is_rsa(text: str) -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return isinstance(load_der_public_key(base64.b64decode("".join(text.split()), validate=True)), RSAPublicKey)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return False
