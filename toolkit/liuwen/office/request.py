"""What a page of the office gets: who asks, in which language, for what; and how it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from liuwen.messages import Language, Sentence
from liuwen.office.rights import Right
from liuwen.office.sessions import OfficeSession
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from liuwen.office.desk import Office

TOO_LARGE = Sentence(zh="发来的内容超过 {most} MB。", en="What was sent is larger than {most} MB.")
BAD_FORM = Sentence(zh="发来的表单不完整。", en="The form that was sent is not complete.")

LARGEST = 20 * 1024 * 1024
"""Bytes of a form that is sent to the office page."""


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """A request of somebody who may make it.

    Attributes:
        office: The running office.
        session: Who asks.
        language: The language to answer in.
        path: The parts of the address, by name.
        query: What stands after the question mark.
        fields: The fields of a form that was sent.
        files: Its files: field → name and content.
        lists: The fields that were sent, each with all its values.
        address: The path and query, for links that come back here.
    """

    office: "Office"
    session: OfficeSession
    language: Language
    path: Mapping[str, Any]
    query: "QueryParams"
    fields: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]]
    lists: Mapping[str, tuple[str, ...]]
    address: str

    def field(self, name: str) -> str:
        """A field of the form that was sent; raises `RefusedError` (400) if it is missing."""
        if name not in self.fields:
            raise RefusedError(400, BAD_FORM)
        return self.fields[name].strip()

    def may(self, right: Right) -> bool:
        """Whether the person has a right, to leave out what they cannot open; `guard` decides."""
        return right in self.session.rights


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields and files of a form that was sent."""

    fields: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    files: Mapping[str, tuple[str, bytes]]


EMPTY = SentForm({}, {}, {})


async def read_form(request: "Request") -> SentForm | None:
    """The form of a POST; None if it is larger than `LARGEST`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    kind = request.headers.get("content-type", "")
    return _multipart(kind, bytes(body)) if kind.startswith("multipart/form-data") else _urlencoded(bytes(body))


def _urlencoded(body: bytes) -> SentForm:
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=1000)
    return SentForm(dict(pairs), _gathered(pairs), {})


def _multipart(kind: str, body: bytes) -> SentForm:
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    parts = BytesParser(policy=HTTP).parsebytes(head + body)
    pairs: list[tuple[str, str]] = []
    files: dict[str, tuple[str, bytes]] = {}
    for part in parts.iter_parts() if parts.is_multipart() else ():
        name, content = part.get_param("name", "", header="content-disposition"), part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        if (file := part.get_filename()) is None:
            pairs.append((name, content.decode("utf-8", "replace")))
        elif content:
            files[f"{name}/{len(files)}"] = (file, content)
    return SentForm(dict(pairs), _gathered(pairs), files)


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found
