"""Reads JSON replies of other servers; a reply of unexpected shape raises a `SourceError` that says where."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from liuwen.errors import SourceError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    import requests

_UNREADABLE = Sentence(
    zh="{server} 对 {path} 的回答读不出来（{fault}）。请检查地址和网络，或稍后再试。",
    en="The reply of {server} to {path} cannot be read ({fault}). Check the address and the network, or try again later.",
)
_WEB_PAGE = Sentence(zh="是网页，不是数据", en="it is a web page, not data")
_NOT_JSON = Sentence(zh="不是完整的 JSON", en="it is not complete JSON")
_MISSING_KEY = Sentence(zh="缺少 {key}", en="{key} is missing")
_WRONG_TYPE = Sentence(zh="{key} 不是{wanted}", en="{key} is not {wanted}")
_THE_REPLY = Sentence(zh="回答", en="the reply")
_OBJECT = Sentence(zh="对象", en="an object")
_LIST = Sentence(zh="列表", en="a list")
_TEXT = Sentence(zh="文字", en="text")
_WHOLE = Sentence(zh="整数", en="a whole number")
_MOMENT = Sentence(zh="时间", en="a time")


@dataclass(frozen=True, slots=True)
class Reply:
    """A part of a JSON reply; `key` is its position in the reply, such as `results[2]._id`."""

    value: Any
    server: str
    path: str
    key: str = ""

    def __getitem__(self, key: str) -> "Reply":
        """The value under a key that must be present."""
        fields = self.fields()
        if key not in fields:
            refuse(_MISSING_KEY.filled(key=self._below(key)), self.server, self.path)
        return Reply(fields[key], self.server, self.path, self._below(key))

    def get(self, key: str) -> "Reply":
        """The value under a key; its value is None if the key is missing."""
        return Reply(self.fields().get(key), self.server, self.path, self._below(key))

    def fields(self, default: dict[str, Any] | None = None) -> dict[str, Any]:
        """The values of an object by key; `default`, if given, in place of null."""
        if self.value is None and default is not None:
            return default
        if not isinstance(self.value, dict):
            self._refuse(_OBJECT)
        return self.value

    def rows(self) -> "list[Reply]":
        """The elements of a list."""
        if not isinstance(self.value, list):
            self._refuse(_LIST)
        return [Reply(each, self.server, self.path, f"{self.key}[{place}]") for place, each in enumerate(self.value)]

    def text(self, default: str | None = None) -> str:
        """A text; `default`, if given, in place of null."""
        if self.value is None and default is not None:
            return default
        if not isinstance(self.value, str):
            self._refuse(_TEXT)
        return self.value

    def whole(self, default: int | None = None) -> int:
        """A whole number; `default`, if given, in place of null."""
        if self.value is None and default is not None:
            return default
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self._refuse(_WHOLE)
        return self.value

    def moment(self, default: str | None = None) -> str:
        """A time in ISO 8601, as text; `default`, if given, in place of null."""
        text = self.text(default)
        try:
            if text:
                datetime.fromisoformat(text)
        except ValueError:
            self._refuse(_MOMENT)
        return text

    def _below(self, key: str) -> str:
        return f"{self.key}.{key}" if self.key else key

    def _refuse(self, wanted: Sentence) -> NoReturn:
        refuse(_WRONG_TYPE.filled(key=self.key or _THE_REPLY, wanted=wanted), self.server, self.path)


def refuse(fault: Sentence, server: str, path: str) -> NoReturn:
    """Raise the `SourceError` for a reply that cannot be read."""
    raise SourceError(_UNREADABLE.filled(server=server, path=path, fault=fault))


def read_reply(answer: "requests.Response", server: str) -> Reply:
    """The JSON of an answer; raises `SourceError` if it is something else."""
    path = path_of(answer)
    try:
        value = answer.json()
    except (ValueError, RecursionError):
        refuse(_WEB_PAGE if is_web_page(answer.content) else _NOT_JSON, server, path)
    return Reply(value, server, path)


def xml_in(answer: "requests.Response", server: str) -> bytes:
    """The XML of an answer, unparsed; raises `SourceError` for a web page, as captive portals of a Wi-Fi return."""
    if is_web_page(answer.content):
        refuse(_WEB_PAGE, server, path_of(answer))
    return answer.content


def require_columns(columns: "Iterable[object]", wanted: "Iterable[str]", server: str, path: str) -> None:
    """Raise `SourceError` if a table lacks one of the wanted columns."""
    there = set(columns)
    for name in wanted:
        if name not in there:
            refuse(_MISSING_KEY.filled(key=name), server, path)


def is_web_page(content: bytes) -> bool:
    """Whether a content is HTML."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start)


def path_of(answer: "requests.Response") -> str:
    """The path of the request that was answered, without its query."""
    return answer.request.path_url.split("?")[0]
