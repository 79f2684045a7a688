"""A phone that behaves like ODK Collect, for tests, benchmarks and the demo: the same headers, hash checks and errors.

Written after ODK Collect v2026.3: it makes the same checks in the same order.
"""

import gzip
import hashlib
import http.client
import secrets
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from types import MappingProxyType
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit

from lxml import etree

from liuwen.errors import LiuwenError
from liuwen.messages import Sentence
from liuwen.openrosa.digest import read_fields
from liuwen.openrosa.xml import child, children, local_attributes, local_name, text_of

NOT_TAKEN = Sentence(
    zh="服务器没有收下（{status}）：{said}",
    en="The server refused it ({status}): {said}",
)
NOT_OPENROSA = Sentence(
    zh="服务器的回答不合 OpenRosa：{why}",
    en="The server's answer does not follow OpenRosa: {why}",
)

_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"
_SPLIT_AT = 10_000_000
_FILES_A_POST = 100


_TIMEOUT = 300
"""Timeout of a request in seconds."""


class PhoneError(LiuwenError):
    """The error that the phone shows; `status` is the server's status code, or 0."""

    def __init__(self, sentence: Sentence, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an HTTP request.

    Attributes:
        status: The status code.
        headers: The headers, with names in lower case.
        body: The body, decompressed if it was sent as gzip.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class ListedForm:
    """An entry of the form list.

    Attributes:
        form_id: The form ID.
        name: The title.
        version: The version.
        hash: "md5:" and the hash of the form's bytes.
        download_url: The address of the form.
        manifest_url: The address of its manifest, "" if it has none.
    """

    form_id: str
    name: str
    version: str
    hash: str
    download_url: str
    manifest_url: str


@dataclass(frozen=True, slots=True)
class ListedFile:
    """An entry of a manifest.

    Attributes:
        name: The file name.
        hash: "md5:" and the hash of the file's bytes.
        download_url: The address of the file.
        is_entity_list: Whether it is an entity list.
        integrity_url: The address that tells which entities were deleted.
    """

    name: str
    hash: str
    download_url: str
    is_entity_list: bool
    integrity_url: str


@dataclass(frozen=True, slots=True)
class FetchedForm:
    """A form on the phone.

    Attributes:
        xml: The XML of the form.
        files: Its files, by name.
    """

    xml: bytes
    files: Mapping[str, bytes]


class Phone:
    """ODK Collect, configured for one server.

    Args:
        address: The address of the server, as in the app's settings.
        username: The user name for Digest authentication.
        password: The password for Digest authentication.
        device: The ID of the device, sent as `deviceID`.
        context: How to verify the server's certificate.
    """

    def __init__(
        self,
        address: str,
        *,
        username: str = "",
        password: str = "",
        device: str = "collect:phone",
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.address = address.rstrip("/")
        self.device = device
        self._username, self._password = username, password
        self._context = context
        self._connection: http.client.HTTPConnection | None = None
        self._challenge: dict[str, str] = {}
        self._count = 0
        self._announced: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # -- getting forms --------------------------------------------------------------------------------------------

    def form_list(self) -> list[ListedForm]:
        """Fetch the form list.

        Returns:
            The forms that the server offers.

        Raises:
            PhoneError: If the answer is not a valid form list. As on the phone, one entry without ID, name or address
                invalidates all.
        """
        root = self._get_document(f"{self.address}/formList", "xforms", _LIST)
        forms = [_listed_form(entry) for entry in children(root) if local_name(entry) == "xform"]
        if not all(form.form_id and form.name and form.download_url for form in forms):
            raise PhoneError(NOT_OPENROSA.filled(why="formList"))
        return forms

    def fetch(self, form: ListedForm) -> FetchedForm:
        """Download a form and its files, and compare them with the hashes in the form list.

        Args:
            form: An entry of the form list.

        Returns:
            The form and its files.

        Raises:
            PhoneError: If a hash differs or a file cannot be downloaded.
        """
        xml = self._download(form.download_url)
        _check_hash(xml, form.hash, form.form_id)
        files: dict[str, bytes] = {}
        for listed in self.manifest(form):
            files[listed.name] = self._download(listed.download_url)
            if not listed.is_entity_list:
                _check_hash(files[listed.name], listed.hash, listed.name)
        return FetchedForm(xml, files)

    def manifest(self, form: ListedForm) -> list[ListedFile]:
        """Fetch the manifest of a form.

        Args:
            form: An entry of the form list.

        Returns:
            The files that the form needs.

        Raises:
            PhoneError: If the answer is not a valid manifest.
        """
        if not form.manifest_url:
            return []
        root = self._get_document(form.manifest_url, "manifest", _MANIFEST)
        files = [_listed_file(entry) for entry in children(root) if local_name(entry) == "mediaFile"]
        if not all(file.name and file.download_url and file.hash for file in files):
            raise PhoneError(NOT_OPENROSA.filled(why="manifest"))
        return files

    def deleted(self, file: ListedFile, ids: Iterable[str]) -> dict[str, bool]:
        """Ask which entities were deleted on the server.

        Args:
            file: An entity list from the manifest.
            ids: The IDs of the entities on the phone.

        Returns:
            ID → whether the entity was deleted.

        Raises:
            PhoneError: If the answer is not valid.
        """
        root = self._get_document(f"{file.integrity_url}?id={','.join(ids)}", "data", None)
        entities = child(root, "entities")
        if entities is None:
            raise PhoneError(NOT_OPENROSA.filled(why="integrity"))
        return {e.get("id", ""): text_of(child(e, "deleted")) == "true" for e in children(entities)}

    # -- sending --------------------------------------------------------------------------------------------------

    def send(self, xml: bytes, files: Mapping[str, bytes] = MappingProxyType({})) -> str:
        """Send a submission, in several requests if it has many files.

        Args:
            xml: The XML of the submission.
            files: Its attachments, by name.

        Returns:
            The message of the server.

        Raises:
            PhoneError: If the server refuses the submission.
        """
        address = f"{self.address}/submission"
        if self._announced is None:
            self._announced = self._announce(address)
        message = ""
        for body, boundary in _posts(xml, files, self._announced):
            answer = self.request("POST", address, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
            message = _message(answer)
            if answer.status not in {201, 202}:
                raise PhoneError(NOT_TAKEN.filled(status=answer.status, said=message), answer.status)
        return message

    def _announce(self, address: str) -> int:
        answer = self.request("HEAD", address)
        if answer.status != 204:
            raise PhoneError(NOT_TAKEN.filled(status=answer.status, said="HEAD"), answer.status)
        if "x-openrosa-version" not in answer.headers:
            raise PhoneError(NOT_OPENROSA.filled(why="HEAD"))
        if "location" in answer.headers and urlsplit(answer.headers["location"]).hostname != urlsplit(address).hostname:
            raise PhoneError(NOT_OPENROSA.filled(why="Location"))
        return int(answer.headers.get("x-openrosa-accept-content-length", _SPLIT_AT))

    # -- HTTP -----------------------------------------------------------------------------------------------------

    def request(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] = MappingProxyType({})
    ) -> Answer:
        """Make a request with the app's headers, and authenticate if the server asks for it.

        Args:
            method: The HTTP method.
            address: The URL.
            body: The body.
            headers: Further headers.

        Returns:
            The answer.
        """
        url = urlsplit(address)
        query = "&".join(part for part in (url.query, f"deviceID={quote(self.device)}") if part)
        target = f"{url.path}?{query}"
        answer = self._request_once(method, url, target, body, headers)
        challenge = answer.headers.get("www-authenticate", "")
        if answer.status == 401 and self._username and challenge.lower().startswith("digest"):
            fields = read_fields(challenge)
            if self._challenge and fields.get("stale", "").lower() != "true":
                return answer
            self._challenge, self._count = fields, 0
            answer = self._request_once(method, url, target, body, headers)
        return answer

    def _request_once(self, method: str, url: SplitResult, target: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        sent = {
            "User-Agent": "org.odk.collect.android/v2026.3 Dalvik/2.1.0",
            "X-OpenRosa-Version": "1.0",
            "Accept-Encoding": "gzip",
            "Date": formatdate(usegmt=True),
            **headers,
        }
        if self._challenge:
            sent["Authorization"] = self._authorization(method, target)
        for attempt in (1, 2):
            connection = self._connection_to(url)
            try:
                connection.request(method, target, body, sent)
                got = connection.getresponse()
                told = {k.lower(): v for k, v in got.getheaders()}
                return Answer(got.status, told, _unpacked(got.read(), told))
            except (http.client.HTTPException, ConnectionError):
                self.close()
                if attempt == 2 or method == "POST":
                    raise
        raise AssertionError

    def _connection_to(self, url: SplitResult) -> http.client.HTTPConnection:
        if self._connection is None:
            host, port = url.hostname or "", url.port
            if url.scheme == "https":
                self._connection = http.client.HTTPSConnection(host, port, timeout=_TIMEOUT, context=self._context)
            else:
                self._connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
        return self._connection

    def _authorization(self, method: str, target: str) -> str:
        self._count += 1
        realm, nonce = self._challenge.get("realm", ""), self._challenge.get("nonce", "")
        count, own = f"{self._count:08x}", secrets.token_hex(8)
        secret = _md5(f"{self._username}:{realm}:{self._password}".encode())
        response = _md5(f"{secret}:{nonce}:{count}:{own}:auth:{_md5(f'{method}:{target}'.encode())}".encode())
        return (
            f'Digest username="{self._username}", realm="{realm}", nonce="{nonce}", uri="{target}", algorithm=MD5, '
            f'qop=auth, nc={count}, cnonce="{own}", response="{response}"'
        )

    def _get_document(self, address: str, root: str, namespace: str | None) -> etree._Element:
        answer = self.request("GET", address)
        if answer.status != 200:
            raise PhoneError(NOT_TAKEN.filled(status=answer.status, said=_message(answer)), answer.status)
        if "text/xml" not in answer.headers.get("content-type", "") or "x-openrosa-version" not in answer.headers:
            raise PhoneError(NOT_OPENROSA.filled(why=answer.headers.get("content-type")))
        document = etree.fromstring(answer.body)
        name = etree.QName(document)
        if name.localname != root or (namespace is not None and name.namespace != namespace):
            raise PhoneError(NOT_OPENROSA.filled(why=document.tag))
        return document

    def _download(self, address: str) -> bytes:
        answer = self.request("GET", address)
        if answer.status != 200:
            raise PhoneError(NOT_TAKEN.filled(status=answer.status, said=_message(answer)), answer.status)
        return answer.body


def _unpacked(body: bytes, headers: Mapping[str, str]) -> bytes:
    return gzip.decompress(body) if body and headers.get("content-encoding") == "gzip" else body


def _listed_form(entry: etree._Element) -> ListedForm:
    said = {local_name(field): text_of(field).strip() for field in children(entry)}
    names = ("formID", "name", "version", "hash", "downloadUrl", "manifestUrl")
    return ListedForm(*(said.get(name, "") for name in names))


def _listed_file(entry: etree._Element) -> ListedFile:
    said = {local_name(field): text_of(field).strip() for field in children(entry)}
    is_list = local_attributes(entry).get("type") == "entityList"
    name, md5, address = (said.get(field, "") for field in ("filename", "hash", "downloadUrl"))
    return ListedFile(name, md5, address, is_list, said.get("integrityUrl", ""))


def _check_hash(content: bytes, promised: str, what: str) -> None:
    if promised != f"md5:{_md5(content)}":
        raise PhoneError(NOT_OPENROSA.filled(why=f"hash: {what}"))


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _message(answer: Answer) -> str:
    try:
        root = etree.fromstring(answer.body)
    except etree.XMLSyntaxError:
        return ""
    return text_of(root.find(f"{{{_RESPONSE}}}message")).strip()


def _posts(xml: bytes, files: Mapping[str, bytes], at_most: int) -> Iterator[tuple[bytes, str]]:
    """The requests that the app makes for a submission: the XML in each, with as many files as fit."""
    waiting = list(files.items())
    while True:
        boundary = secrets.token_hex(16)
        parts = [_part(boundary, "xml_submission_file", "submission.xml", "text/xml", xml)]
        size, sent = len(xml), 0
        while waiting:
            name, content = waiting.pop(0)
            parts.append(_part(boundary, name, name, "application/octet-stream", content))
            size, sent = size + len(content), sent + 1
            if waiting and (sent > _FILES_A_POST or size + len(waiting[0][1]) > at_most):
                parts.append(_part(boundary, "*isIncomplete*", None, None, b"yes"))
                break
        yield b"".join([*parts, f"--{boundary}--\r\n".encode()]), boundary
        if not waiting:
            return


def _part(boundary: str, name: str, file_name: str | None, kind: str | None, content: bytes) -> bytes:
    said = f'form-data; name="{_quoted(name)}"' + (f'; filename="{_quoted(file_name)}"' if file_name is not None else "")
    lines = [f"--{boundary}", f"Content-Disposition: {said}", f"Content-Length: {len(content)}"]
    if kind is not None:
        lines.insert(2, f"Content-Type: {kind}")
    return "\r\n".join([*lines, "", ""]).encode() + content + b"\r\n"


def _quoted(name: str) -> str:
    return name.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")
