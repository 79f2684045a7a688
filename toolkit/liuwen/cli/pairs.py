"""Options that are written as NAME=VALUE."""

from collections.abc import Iterable

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

NOT_A_PAIR = Sentence(zh="{option} 要写成“名称=值”，不能是“{text}”。", en="Write {option} as NAME=VALUE, not as “{text}”.")


def pairs(option: str, texts: Iterable[str], *, blank: bool = False) -> dict[str, str]:
    """Name → value; raises `AnswerError` for a text without an equals sign, a name or, unless it may be `blank`, a value.

    >>> pairs("--renamed", ["boys = girls"])
    {'boys': 'girls'}
    """
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name.strip() and equals and (blank or value.strip())):
            raise AnswerError(NOT_A_PAIR.filled(option=option, text=text))
        found[name.strip()] = value if blank else value.strip()
    return found
