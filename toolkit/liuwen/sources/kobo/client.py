"""KoboToolbox as a source and a server to deploy on, using its API v2."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.responses.from_submissions.instance import identity
from liuwen.sources.credentials import secret, setting
from liuwen.sources.reading import Readable
from liuwen.sources.replies import Reply, read_reply, xml_in
from liuwen.sources.source import Listed, RemoteForm
from liuwen.sources.wire import ask, patient, reaching

if TYPE_CHECKING:
    import requests

    from liuwen.form.model import Form

PAGE = 1000
"""Maximum page size; Kobo silently returns fewer rows than requested above it."""

FIELDS = ("_id", "_uuid", "_submission_time", "_validation_status", "_attachments", "_submitted_by")
_WHICH_SERVER = Sentence(zh="KoboToolbox 的地址", en="the address of KoboToolbox")
_SHORT = Sentence(
    zh="{server} 显示共有 {counted} 行，但第 {start} 行之后没有返回数据。请稍后再试。",
    en="{server} counts {counted} rows but returns none after row {start}. Try again later.",
)
_ELSEWHERE = Sentence(
    zh="附件的地址不在 {server} 上，没有下载：{address}",
    en="An attachment was not downloaded, because its address is not on {server}: {address}",
)


class Kobo(Readable):
    """An account on a KoboToolbox server.

    The API token comes from `KOBO_TOKEN` or from the system's keyring (`keyring set URL token`). A form is asked for by
    the uid of its asset. Every method raises `SourceError` if the server cannot be reached or refuses.

    Args:
        url: The address of the server, such as `https://kf.kobotoolbox.org`; by default the environment variable
            `KOBO_URL`.

    Example:
        >>> Kobo("https://kf.example.org/")
        Kobo('https://kf.example.org')
    """

    renames = True

    def __init__(self, url: str | None = None) -> None:
        self.url = setting(url, "KOBO_URL", _WHICH_SERVER).rstrip("/")

    @property
    def name(self) -> str:
        """The server's address."""
        return self.url

    def __repr__(self) -> str:
        return f"Kobo({self.url!r})"

    # -- as a source ----------------------------------------------------------------------------------------------

    def forms(self) -> tuple[RemoteForm, ...]:
        """List the deployed forms of the account.

        Returns:
            One entry per form.
        """
        listed = self.pages("assets/", {"q": "asset_type:survey"})
        rows = (Reply(row, self.url, "assets/") for row in listed)
        return tuple(
            RemoteForm(
                row["uid"].text(),
                row["name"].text(""),
                row["deployed_version_id"].text(""),
                row["deployment__submission_count"].whole(0),
            )
            for row in rows
            if row["has_deployment"].value
        )

    def form(self, form_id: str) -> "Form":
        """Fetch a form as it is deployed now, whatever was edited on the server since.

        Args:
            form_id: The uid of the asset.

        Returns:
            The form; its ID is the uid, as in the submissions.
        """
        from liuwen.form import read_form

        path = f"assets/{_quoted(form_id)}/"
        asset = self._reply("GET", path)
        version = asset["deployed_version_id"].text("") or asset["version_id"].text()
        content = self._reply("GET", f"{path}versions/{_quoted(version)}/")["content"]
        settings = {**content.get("settings").fields({}), "id_string": form_id}
        source = {**content.fields(), "settings": settings}
        drawn = self._reply("POST", "asset_snapshots/", json={"asset": asset["url"].text(), "source": source})
        return read_form(self.send("GET", f"asset_snapshots/{_quoted(drawn['uid'].text())}.xml").content, name=f"{form_id}.xml")

    def count(self, form_id: str) -> int:
        """Count submissions.

        Args:
            form_id: The uid of the asset.

        Returns:
            The number of submissions, as the server counts them.
        """
        return self._reply("GET", self._data(form_id), params={"limit": 1, "fields": '["_id"]'})["count"].whole()

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """List all submissions in the order they were received.

        An edit does not change any time on KoboToolbox, so everything is listed. Each page continues after the last
        number of the one before; nothing is skipped if a submission is deleted meanwhile.

        Args:
            form_id: The uid of the asset.
            since: Not used.

        Returns:
            An iterator over the submissions.

        Raises:
            SourceError: If the server lists fewer submissions than it counts.
        """
        given, last = 0, 0
        query = {"fields": json.dumps(FIELDS), "sort": '{"_id": 1}', "limit": str(PAGE)}
        while True:
            asked = {**query, "query": json.dumps({"_id": {"$gt": last}})}
            page = self._reply("GET", self._data(form_id), params=asked)
            rows, left = page["results"].rows(), page["count"].whole()
            yield from map(_listed, rows)
            if len(rows) >= left:
                return
            if not rows or rows[-1]["_id"].whole() <= last:
                raise SourceError(_SHORT.filled(server=self.url, counted=given + left, start=given))
            given, last = given + len(rows), rows[-1]["_id"].whole()

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """Fetch the XML of a submission.

        Args:
            form_id: The uid of the asset.
            listed: The submission as it was listed.

        Returns:
            The XML as it is now.
        """
        return xml_in(self.send("GET", f"{self._data(form_id)}{_quoted(listed.key)}.xml"), self.url)

    def many(self, form_id: str, listed: Sequence[Listed]) -> Mapping[str, bytes]:
        """Fetch the XML of several submissions at once.

        Args:
            form_id: The uid of the asset.
            listed: The submissions as they were listed.

        Returns:
            Key → XML; a submission that was edited since it was listed is left out.
        """
        wanted = json.dumps({"_id": {"$in": [int(each.key) for each in listed]}})
        asked = {"query": wanted, "limit": str(len(listed)), "format": "xml"}
        roots = _instances(self.send("GET", self._data(form_id), params=asked).content)
        found = {identity(root).instance_id: root for root in roots}
        return {
            each.key: etree.tostring(found[name], encoding="utf-8", xml_declaration=True, with_tail=False)
            for each in listed
            if (name := f"uuid:{each.stamp}") in found
        }

    def attachments(self, form_id: str, listed: Listed) -> Mapping[str, str]:
        """List the attachments of a submission.

        Args:
            form_id: The uid of the asset.
            listed: The submission as it was listed.

        Returns:
            File name → address for `download`.
        """
        row = self._reply("GET", f"{self._data(form_id)}{_quoted(listed.key)}.json")
        return {_file_name(file): file["download_url"].text() for file in _attachments(row)}

    def download(self, address: str) -> Iterator[bytes]:
        """Download an attachment. The token is sent to no other server.

        Args:
            address: An address that `attachments` returned.

        Returns:
            An iterator over pieces of its bytes.

        Raises:
            SourceError: If the address is on another server.
        """
        whole = urljoin(f"{self.url}/", address)
        if urlsplit(whole).netloc != urlsplit(self.url).netloc:
            raise SourceError(_ELSEWHERE.filled(server=self.url, address=address))
        with reaching(self.url), ask(self._session, "GET", whole, server=self.url, stream=True) as answer:
            yield from answer.iter_content(1 << 16)

    def deploy(self, form: "Form", *, uid: str | None = None, media: Mapping[str, bytes] | None = None) -> RemoteForm:
        """Deploy a form with its files.

        Args:
            form: The form.
            uid: The uid of an asset to deploy a new version of; by default a new asset is created.
            media: Files that the form needs, besides those in `form.media`.

        Returns:
            The form as KoboToolbox lists it.

        Raises:
            FormError: If an anonymous form asks for what identifies a person, an unlinked section steers linked questions,
                or an encrypted form writes to entity lists.
            SourceError: If a file is missing that neither is given nor is on the server.
        """
        from liuwen.sources.kobo.deploying import deploy

        return deploy(self, form, uid, media or {})

    # -- requests -------------------------------------------------------------------------------------------------

    def send(self, method: str, path: str, **options: Any) -> "requests.Response":
        """Make a request to the API.

        Args:
            method: The HTTP method.
            path: The path below `/api/v2/`.
            **options: Further arguments for `requests`.

        Returns:
            The answer.
        """
        return ask(self._session, method, f"{self.url}/api/v2/{path}", server=self.url, **options)

    def pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Read a list of the API, page by page.

        Args:
            path: The path below `/api/v2/`.
            query: The query parameters.

        Returns:
            An iterator over the rows.

        Raises:
            SourceError: If the server lists fewer rows than it counts.
        """
        start = 0
        while True:
            page = self._reply("GET", path, params={**query, "limit": str(PAGE), "start": str(start)})
            rows, counted = page["results"].rows(), page["count"].whole()
            yield from (row.fields() for row in rows)
            start += len(rows)
            if start >= counted:
                return
            if not rows:
                raise SourceError(_SHORT.filled(server=self.url, counted=counted, start=start))

    def _reply(self, method: str, path: str, **options: Any) -> Reply:
        return read_reply(self.send(method, path, **options), self.url)

    @staticmethod
    def _data(form_id: str) -> str:
        return f"assets/{_quoted(form_id)}/data/"

    @cached_property
    def _session(self) -> "requests.Session":
        import requests

        session = patient(requests.Session())
        session.headers["Authorization"] = f"Token {secret('KOBO_TOKEN', server=self.url, account='token')}"
        session.headers["Accept"] = "application/json, text/xml;q=0.9, */*;q=0.5"
        return session


def _listed(row: Reply) -> Listed:
    status = row.get("_validation_status")
    return Listed(
        key=str(row["_id"].whole()),
        stamp=row["_uuid"].text(),
        submitted_at=f"{row['_submission_time'].moment()}Z",
        review=status.get("uid").text("") if status.value else "",
        files=len(_attachments(row)),
        sent_by=row.get("_submitted_by").text(""),
    )


def _instances(answer: bytes) -> list[etree._Element]:
    """The submissions in an answer; empty if an invalid one makes the answer unreadable."""
    try:
        return etree.fromstring(answer, etree.XMLParser(resolve_entities=False, no_network=True)).findall("results/*")
    except etree.XMLSyntaxError:
        return []


def _attachments(row: Reply) -> list[Reply]:
    attachments = row.get("_attachments")
    return [file for file in attachments.rows() if not file.get("is_deleted").value] if attachments.value else []


def _file_name(file: Reply) -> str:
    """The file name in the answer; older servers only give the storage path."""
    return file.get("media_file_basename").text("") or file["filename"].text().rsplit("/", 1)[-1]


def _quoted(part: str) -> str:
    return quote(part, safe="")
