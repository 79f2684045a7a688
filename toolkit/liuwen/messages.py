"""What a bilingual sentence is, and which language is in force.

Everything a user sees is a `Sentence`: written once in Chinese and once in English, beside the code that says it.
"""

import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

_chosen: ContextVar[Language | None] = ContextVar("liuwen_language", default=None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing to say, in Chinese and in English; `str()` gives it in the language in force.

    >>> greeting = Sentence(zh="第 {row} 行没有名称。", en="Row {row} has no name.")
    >>> greeting.filled(row=3).in_language("en")
    'Row 3 has no name.'
    """

    zh: str
    en: str

    def filled(self, **values: object) -> "Sentence":
        """The same sentence with its `{places}` filled; a value that is itself a sentence is said in each language."""
        return Sentence(zh=self.zh.format(**_said(values, "zh")), en=self.en.format(**_said(values, "en")))

    def in_language(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.in_language(language_in_force())


def _said(values: dict[str, object], language: Language) -> dict[str, object]:
    return {key: value.in_language(language) if isinstance(value, Sentence) else value for key, value in values.items()}


def language_in_force() -> Language:
    """The language chosen with `use_language`, or else the locale's: Chinese in a Chinese locale, English elsewhere."""
    return _chosen.get() or _language_of_locale()


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Speak `language` inside the `with` block.

    >>> with use_language("zh"):
    ...     print(Sentence(zh="好", en="good"))
    好
    """
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def set_language(language: Language) -> None:
    """Speak `language` from here on, in this thread and those it starts; notebooks and the command call it once."""
    _chosen.set(language)


def _language_of_locale() -> Language:
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((value for value in named if value), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
