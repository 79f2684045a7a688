"""Regular expressions applied to network input run in linear time."""

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from liuwen.openrosa.digest import read_fields

ROOMS = ("openrosa", "store", "server", "sources", "webform", "responses.from_submissions")
SAMPLES = {
    "openrosa.declaration._ASKED": "property('username')",
    "openrosa.declaration._LIST_NAME": "house-holds",
    "openrosa.declaration._LOOKED_UP": " pulldata( 'villages')",
    "openrosa.declaration._PROPERTY_NAME": "names.last",
    "openrosa.declaration._QUOTED": "'jr://file-csv/a b.csv'",
    "openrosa.declaration._SPECIFICATION": "2024.1.0",
    "openrosa.declaration._WHOLE": "jr://images/a b.png",
    "openrosa.digest._COUNT": "0000001f",
    "openrosa.digest._ESCAPED": 'a\\"b',
    "openrosa.digest._FIELD": 'user="w\\"ang", nc=00000001',
    "openrosa.keys._AROUND": "-----BEGIN KEY-----\nMII=",
    "openrosa.keys._LINE": "MIIBIjANBgkqhkiG9w",
    "openrosa.multipart._BOUNDARY": 'form-data; boundary="a b"',
    "openrosa.multipart._ESCAPE": 'a%22b\\"c\\\\',
    "openrosa.multipart._NAME": 'form-data;  name="a\\"b.jpg"',
    "responses.from_submissions.audit_logs._INSTANCE": "[12]",
    "responses.from_submissions.decrypt._NOT_NAME": "uuid:a-b/c",
    "responses.from_submissions.plain_xml._PROLOG": "?xml version='1.0' encoding='utf-8' ?",
    "responses.from_submissions.plain_xml._QUALIFIED": "orx:meta.a-1",
    "responses.from_submissions.plain_xml._TAG": "orx:meta  xmlns:orx='http://openrosa.org/xforms' /",
    "server.forwarded._ESCAPED": '\\"',
    "server.forwarded._NODE": "[2001:db8::17]:4711",
    "server.forwarded._PAIR": ' for="[2001:db8::17]:4711" ',
    "server.front._HOST": "a-b.example:8060",
    "server.front._SUBMISSION": "/key/aA0_-/submission",
    "server.phone_routes._AUTHOR": "aA0_-" * 8,
    "server.phone_routes._NUMBER": "123456",
    "server.sign_in._TOKEN": "aA0_-" * 12 + "abcd",
    "sources.versions._VERSION": '<data id="a" version="2"/>',
    "store.collectors._PLAIN_NAME": "wang.fang-1",
    "store.draft_forms._NAME": "0f3b9c1e8a524c6d",
    "store.entities.proposal._UUID": "uuid:0f3b9c1e-8a52-4c6d-9e7f-1a2b3c4d5e6f",
}
"""A text that each pattern matches, from which attacks are built. A new pattern needs a sample here."""


def modules() -> Iterator[ModuleType]:
    """All modules that handle network input."""
    for room in ROOMS:
        package = importlib.import_module(f"liuwen.{room}")
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, tuple[re.Pattern[str] | re.Pattern[bytes], str]]:
    """Each compiled pattern by its location, and the method it is used with."""
    found = {}
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and (used := re.search(rf"\b{name}\.(\w+)\(", inspect.getsource(module))):
                found[f"{module.__name__.removeprefix('liuwen.')}.{name}"] = (value, used[1])
    return found


def work(pattern: re.Pattern[str] | re.Pattern[bytes], method: str, text: str) -> float:
    """The processor time of the match in seconds, minimum of three."""
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    use: Callable[..., object] = getattr(pattern, method)
    arguments = (b"" if isinstance(given, bytes) else "", given) if method == "sub" else (given,)
    took = []
    for _ in range(3):
        began = time.process_time()
        use(*arguments)
        took.append(time.process_time() - began)
    return min(took)


Attack = tuple[str, str, str]


def attacks(sample: str) -> Iterator[Attack]:
    """A prefix of the sample, a piece of it to repeat, and an end that matches or not."""
    for start in range(len(sample)):
        for end in range(start + 1, min(start + 3, len(sample)) + 1):
            for before in {"", sample[:start]}:
                for after in ("", "\x00"):
                    yield before, sample[start:end], after


def at_length(attack: Attack, size: int) -> str:
    """The attack at a length in characters."""
    before, piece, after = attack
    return before + piece * (size // len(piece)) + after


def grows_linearly(of_size: Callable[[int], float], floor: float = 0.0005) -> bool:
    """Whether time grows in proportion to the size from 4 to 16 and 64 KB: by 4 and 16, not by 16 and 256."""
    least = max(of_size(4096), floor)
    return of_size(16 * 1024) < 10 * least and of_size(64 * 1024) < 60 * least


def test_every_pattern_has_a_sample() -> None:
    """Each has a sample that it matches, and is a module constant; none is written inline."""
    found = patterns()
    assert found.keys() == SAMPLES.keys()
    assert all(pattern.search(_as(pattern, SAMPLES[name])) for name, (pattern, _) in found.items())
    inline = re.compile(r"\bre\.(?!compile\b|Pattern\b|Match\b|[A-Z]+\b)\w+\(")
    assert [module.__name__ for module in modules() if inline.search(inspect.getsource(module))] == []


def _as(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> str:
    return text.encode() if isinstance(pattern.pattern, bytes) else text  # type: ignore[return-value]


@pytest.mark.parametrize("name", SAMPLES)
def test_patterns_run_in_linear_time(name: str) -> None:
    """Tried with every piece of the sample; the slowest attacks at 4 KB are repeated at 64 KB."""
    pattern, method = patterns()[name]
    tried = sorted(set(attacks(SAMPLES[name])), key=lambda attack: work(pattern, method, at_length(attack, 4096)))
    for attack in tried[-3:]:
        assert grows_linearly(lambda size, attack=attack: work(pattern, method, at_length(attack, size))), attack  # type: ignore[misc]


def test_quadratic_pattern_is_detected() -> None:
    """The earlier pattern of `Authorization` fails; an eighth of the sizes is enough to see it."""
    quadratic = re.compile(r'([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))', re.IGNORECASE)
    assert not grows_linearly(lambda size: work(quadratic, "findall", "a" * (size // 8)))


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ('Digest username="wang", nc=00000001', {"username": "wang", "nc": "00000001"}),
        (r'Digest username="a\"b\\c"', {"username": r'a"b\c'}),
        ('Digest qop="auth",qop=other', {"qop": "auth"}),
        ('Digest a="b, c=d"', {"a": "b, c=d"}),
        ('Digest a="never closed', {}),
        ("Digest " + "a" * 40 + "=b", {}),
        ("Digest", {}),
    ],
)
def test_fields_of_an_authorization_header(header: str, fields: dict[str, str]) -> None:
    """Quoted or bare, escaped, the first of duplicates; names have at most 32 letters."""
    assert read_fields(header) == fields
