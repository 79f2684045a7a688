"""Which of a form's languages are one language spelt in two ways."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from liuwen.form.model import Form

_WITH_CODE = re.compile(r"(?P<name>.*\S)\s*[(（]\s*(?P<code>[a-z]{2,3}(-\w+)*)\s*[)）]\s*", re.IGNORECASE)
_CODE_ALONE = re.compile(r"[a-z]{2}(-\w+)*", re.IGNORECASE)


class _Language(NamedTuple):
    written: str
    name: str
    code: str


def spelt_twice(form: Form) -> Iterator[tuple[str, str, bool]]:
    """The rarer spelling of a language, the other one, and whether they are certainly one language."""
    used = Counter(means.language for sheet in ("survey", "choices") for means in form.headers(sheet) if means.language)
    known: list[_Language] = []
    for written in sorted(used, key=lambda each: -used[each]):
        language = _read(written)
        same = next((other for other in known if _is_same(language, other)), None)
        alike = next((other for other in known if _is_alike(language, other)), None)
        other = same or alike
        if other:
            yield written, other.written, same is not None
        known.append(language)


def _is_same(one: _Language, other: _Language) -> bool:
    """Equal names are not enough: 中文 (zh-Hans) and 中文 (zh-Hant) are two languages."""
    return one.name == other.name and (not one.code or not other.code or one.code == other.code)


def _is_alike(one: _Language, other: _Language) -> bool:
    """The same code; or the same name, where one code only says more, as 中文 (zh) and 中文 (zh-CN)."""
    if not one.code or not other.code:
        return False
    longer, shorter = sorted((one.code, other.code), key=len, reverse=True)
    return longer == shorter or (one.name == other.name and longer.startswith(f"{shorter}-"))


def _read(written: str) -> _Language:
    found = _WITH_CODE.fullmatch(written)
    alone = written if _CODE_ALONE.fullmatch(written) else ""
    name, code = (found["name"], found["code"]) if found else (written, alone)
    return _Language(written, "".join(letter for letter in name.casefold() if letter.isalnum()), code.casefold())
