"""The words of today's ledgers: what a heading means, what a cell says. They are data, in `vocabulary.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from liuwen.messages import Sentence

_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_MARKS = re.compile(r"[\s:：*＊,，、。.;；“”\"'/\\_-]+")


def plain(text: object) -> str:
    """A text as headings and words are compared: without spaces and punctuation, full-width letters made plain, lower case.

    >>> plain(" 办理 时限（天）：")
    '办理时限(天)'
    """
    return _plain(str(text))


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True)
class Wordlist:
    """Words of one kind: each plain word with what it means."""

    meanings: Mapping[str, str]

    def whole(self, text: object) -> str:
        """The meaning of the whole text; "" if it is not a known word."""
        return self.meanings.get(plain(text), "")

    def inside(self, text: object) -> str:
        """The meaning of the longest known word in the text; "" if it contains none."""
        said = plain(text)
        found = max((word for word in self.meanings if len(word) > 1 and word in said), key=len, default="")
        return self.whole(said) or self.meanings.get(found, "")

    def heading(self, text: object) -> str:
        """What a heading means: the whole of it, or else the word that ends last in it (of those, the longest).

        Chinese names a thing last: 责任人电话 is a telephone.
        """
        said = plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", str(text)))) or plain(text)
        if said in self.meanings:
            return self.meanings[said]
        if said.isascii():
            return ""
        places = ((said.rfind(word) + len(word), len(word), word) for word in self.meanings if len(word) > 1 and word in said)
        best = max(places, default=None)
        return self.meanings[best[2]] if best else ""


@cache
def columns() -> Wordlist:
    """What headings mean; those that are never stored begin with `never_stored.`."""
    kept = {word: role for role, words in _words("columns").items() for word in words}
    dropped = {word: f"never_stored.{role}" for role, words in _words("never_stored").items() for word in words}
    return _wordlist(kept | dropped)


@cache
def cells(kind: str) -> Wordlist:
    """What the cells of one kind mean: `state`, `yes`, `satisfied`, `total`, `anonymous`."""
    return _wordlist({word: meaning for meaning, words in _words(f"cells.{kind}").items() for word in words})


@cache
def register_names() -> Wordlist:
    """What the sheets of registers are called."""
    return _wordlist({word: id for id, words in _words("registers").items() for word in words})


@cache
def register_columns() -> Wordlist:
    """What the columns of registers are called."""
    return _wordlist({word: id for id, words in _words("register_columns").items() for word in words})


def role_name(role: str) -> Sentence:
    """What a column is, in words: its first word in the vocabulary, and its id."""
    return Sentence(zh=_words("columns")[role][0], en=role.replace("_", " "))


def named(things: Iterable[tuple[str, str]]) -> Wordlist:
    """A wordlist of names and the ids that they stand for."""
    return _wordlist({name: id for name, id in things if name})


def _wordlist(words: Mapping[str, str]) -> Wordlist:
    return Wordlist({plain(word): meaning for word, meaning in words.items()})


@cache
def _words(table: str) -> Mapping[str, list[str]]:
    text = files("liuwen.campaign.incoming").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text)
    for part in table.split("."):
        held = held[part]
    return held
