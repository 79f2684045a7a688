"""What pyxform says, in both languages.

pyxform keeps its messages as templates (`pyxform.errors.ErrorCode`); each is matched against what was said, and its
Chinese twin filled with the same values. What no template fits is passed on in pyxform's own words.
"""

import re
from functools import cache
from typing import NamedTuple

from liuwen.checks.verdicts.pyxform_remarks import CHINESE, OTHERS
from liuwen.messages import Sentence

AS_SAID = Sentence(zh="pyxform 说：“{said}”", en="pyxform: {said}")
TOO_DEEP = Sentence(
    zh="组的层次太深，pyxform 转换不了：请减少层数。",
    en="the groups are nested too deeply for pyxform; use fewer levels.",
)
FELL_OVER = Sentence(
    zh="pyxform 转换不了这份问卷，也没有说清原因：请先改正其他各条，再检查一次。",
    en="pyxform cannot convert this form and does not say why; correct the other findings first, then check again.",
)
FELL_OVER_ALONE = Sentence(
    zh="pyxform 转换不了这份问卷，原话是“{said}”：请退回到上一次能转换的版本，看改了哪一列或哪一行。",
    en="pyxform cannot convert this form ({said}); go back to the last version that was converted and see which column or row "
    "has changed.",
)
_PREAMBLE = re.compile(r"^\[row : \w+\]\s*(?:On the '\w+' sheet, )?(?:the 'unknown' value is invalid\. )?")
_DUMP = re.compile(r"[.:]?\s*\{.*\}\s*$", re.DOTALL)  # a row as Python prints it
_STUMBLE = re.compile(r"[A-Z]\w*Error: |Internal error: |Invalid value for `|Arguments '\w+' and ")


class _Template(NamedTuple):
    pattern: re.Pattern[str]
    chinese: str


def pyxform_sentence(said: str) -> Sentence:
    """What pyxform said, without the row and sheet (the place says those), and its Chinese twin."""
    if _STUMBLE.match(said):
        return TOO_DEEP if said.startswith("RecursionError") else FELL_OVER
    said = _in_full().get(said.strip(), said)
    parts = [_sentence(line) for line in said.splitlines() if line.strip()]
    if len(parts) > 1 and all(parts):
        return Sentence(zh="".join(part.zh for part in parts if part), en=" ".join(part.en for part in parts if part))
    return _sentence(said) or AS_SAID.filled(said=_without_preamble(said))


@cache
def _in_full() -> dict[str, str]:
    """What pyxform calls a message where it says nothing but that, and the message."""
    from pyxform.errors import ErrorCode

    return {code.value.name: code.value.format() for code in ErrorCode}


def _sentence(said: str) -> Sentence | None:
    for template in _templates():
        found = template.pattern.search(said)
        if found:
            values = {name: value or "" for name, value in found.groupdict().items()}
            return Sentence(zh=template.chinese.format(**values), en=_without_preamble(said))
    return None


def _without_preamble(said: str) -> str:
    return _DUMP.sub(".", _PREAMBLE.sub("", said)).strip()


_ADVICE = re.compile(
    r"max-pixels parameter to speed|has no label: |"
    r"machine-readable codes|is missing the (survey|choices) |must not contain spaces|no longer supported"
)


def is_advice(said: str) -> bool:
    """Whether a warning of pyxform's is advice only: what it names works, or a rule of ours looks closer."""
    return bool(_ADVICE.search(said))


@cache
def _templates() -> tuple[_Template, ...]:
    from pyxform.errors import ErrorCode

    others = (_Template(re.compile(pattern, re.DOTALL), chinese) for pattern, chinese in OTHERS)
    known = (_Template(_pattern(code.value.msg), CHINESE[code.name]) for code in ErrorCode if code.name in CHINESE)
    return (*others, *known)


def _pattern(template: str) -> re.Pattern[str]:
    """A template of `str.format` as a pattern that finds its values again."""
    escaped = re.escape(template.replace("{{", "\0").replace("}}", "\1"))
    seen: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1].replace("\\", "")
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.*?)"

    with_places = re.sub(r"\\\{(.+?)\\\}", place, escaped)
    return re.compile(with_places.replace("\0", r"\{").replace("\1", r"\}") + r"\s*$", re.DOTALL)
