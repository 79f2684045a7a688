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
    """One message in Chinese and in English; `str()` gives it in the language in force.

    Attributes:
        zh: The Chinese text.
        en: The English text.

    Example:
        >>> greeting = Sentence(zh="第 {row} 行没有名称。", en="Row {row} has no name.")
        >>> greeting.filled(row=3).in_language("en")
        'Row 3 has no name.'
    """

    zh: str
    en: str

    def filled(self, **values: object) -> "Sentence":
        """Fill in the `{places}` of the sentence.

        Args:
            **values: The value of each place; a value that is a sentence itself is given in each language.

        Returns:
            A new sentence.
        """
        return Sentence(zh=self.zh.format(**_said(values, "zh")), en=self.en.format(**_said(values, "en")))

    def in_language(self, language: Language) -> str:
        """The sentence in one language.

        Args:
            language: "zh" or "en".

        Returns:
            The text.
        """
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.in_language(language_in_force())


def _said(values: dict[str, object], language: Language) -> dict[str, object]:
    return {key: value.in_language(language) if isinstance(value, Sentence) else value for key, value in values.items()}


def language_in_force() -> Language:
    """The language that messages are given in.

    Returns:
        The language set with `use_language` or `set_language`; otherwise "zh" in a Chinese locale and "en" elsewhere.
    """
    return _chosen.get() or _language_of_locale()


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Give messages in one language inside a `with` block.

    Args:
        language: "zh" or "en".

    Returns:
        A context manager.

    Example:
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
    """Give messages in one language from now on, in this thread and the threads it starts.

    Args:
        language: "zh" or "en".
    """
    _chosen.set(language)


def _language_of_locale() -> Language:
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((value for value in named if value), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
