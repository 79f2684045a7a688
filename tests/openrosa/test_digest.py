"""Digest authentication: only the right response to our own challenge counts, and only once."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.openrosa.digest import LIFETIME, NONCES, Nonces, challenge, is_answer, read_fields, request_count
from liuwen.store.collectors import digest_secret

TARGET = "/key/formList?deviceID=collect"
FIELDS = {"nonce": "n", "nc": "00000001", "cnonce": "c", "qop": "auth", "uri": TARGET}


def answered(**changed: str) -> dict[str, str]:
    """The fields of a correct response, then changed."""

    def md5(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    secret = digest_secret("wang", "liuwen", "secret")
    response = md5(f"{secret}:n:00000001:c:auth:{md5(f'GET:{TARGET}')}")
    return {**FIELDS, "response": response, **changed}


def is_correct(fields: dict[str, str], method: str = "GET", target: str = TARGET) -> bool:
    return is_answer(fields, digest_secret("wang", "liuwen", "secret"), method, target)


def test_correct_response_is_accepted() -> None:
    """In capitals too."""
    assert is_correct(answered())
    assert is_correct(answered(response=answered()["response"].upper()))


@pytest.mark.parametrize("field", ["nonce", "nc", "cnonce", "qop", "uri", "response", "algorithm"])
def test_any_changed_field_is_refused(field: str) -> None:
    """Every field is part of the response, or must have the only supported value."""
    assert not is_correct(answered(**{field: "x"}))


def test_response_to_another_request_is_refused() -> None:
    """It cannot be reused for another method or address."""
    assert not is_correct(answered(), method="POST")
    assert not is_correct(answered(), target="/key/submission")


def test_nonce_expires_and_the_oldest_is_dropped() -> None:
    """After its lifetime, or when too many are in use."""
    now = 0.0
    nonces = Nonces(lambda: now)
    first, second = nonces.issue(), nonces.issue()
    assert nonces.use(first, 1)
    now = LIFETIME + 1
    assert not nonces.use(first, 2)
    fresh = [nonces.issue() for _ in range(NONCES - 1)]
    assert not nonces.use(second, 1)
    assert nonces.use(fresh[0], 1)


@pytest.mark.parametrize(("count", "number"), [("0000000a", 10), ("FFFFFFFF", 2**32 - 1), ("1", None), ("0000000g", None)])
def test_request_count_is_eight_hexadecimal_digits(count: str, number: int | None) -> None:
    """Anything else is None."""
    assert request_count({"nc": count}) == number
    assert request_count({}) is None


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters='"\\'), max_size=20))
def test_challenge_is_read_back(realm: str) -> None:
    """The fields of our own challenge, as a client reads them."""
    fields = read_fields(challenge(realm, "abc", stale=True))
    assert (fields.get("realm", ""), fields["nonce"], fields["stale"], fields["qop"]) == (realm, "abc", "true", "auth")
    assert "stale" not in read_fields(challenge(realm, "abc", stale=False))
