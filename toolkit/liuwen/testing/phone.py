"""A phone that behaves like ODK Collect, for tests, benchmarks and the demo: the same headers, hash checks and errors.

Written after ODK Collect v2026.3: it makes the same checks in the same order.
"""

import hashlib
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import urlsplit

from lxml import etree

from liuwen.errors import LiuwenError
from liuwen.messages import Sentence
from liuwen.openrosa.xml import child, children, local_attributes, local_name, text_of
from liuwen.testing.line import Answer, PhoneLine
from liuwen.testing.posts import posts

NOT_TAKEN = Sentence(
    zh="服务器拒绝接收（{status}）：{said}",
    en="The server refused it ({status}): {said}",
)
NOT_OPENROSA = Sentence(
    zh="服务器的回答不符合 OpenRosa 规范：{why}",
    en="The server's answer does not follow OpenRosa: {why}",
)

_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"
_SPLIT_AT = 10_000_000


class PhoneError(LiuwenError):
    """The error that the phone shows; `status` is the server's status code, or 0."""

    def __init__(self, sentence: Sentence, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status


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
        self._line = PhoneLine(device, username, password, context)
        self._announced: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

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
        for body, boundary in posts(xml, files, self._announced):
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
        return self._line.request(method, address, body, headers)

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
