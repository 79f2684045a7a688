"""KoboToolbox as a source and a place to deploy, by its API v2."""

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
from liuwen.sources.source import Listed, RemoteForm
from liuwen.sources.wire import ask, patient, reaching

if TYPE_CHECKING:
    import requests

    from liuwen.form.model import Form

PAGE = 1000
"""The most rows that Kobo gives at a time; whoever asks for more is given fewer, in silence."""

FIELDS = ("_id", "_uuid", "_submission_time", "_validation_status", "_attachments", "_submitted_by")
_WHICH_SERVER = Sentence(zh="KoboToolbox 的地址", en="KoboToolbox server")
_SHORT = Sentence(
    zh="{server} 说有 {counted} 行，第 {start} 行之后却没有了。请稍后再试。",
    en="{server} counts {counted} rows but gives none after row {start}. Try again later.",
)
_ELSEWHERE = Sentence(
    zh="附件的地址不在 {server} 上，没有取：{address}",
    en="An attachment was not fetched, its address is not on {server}: {address}",
)


class Kobo(Readable):
    """An account on a KoboToolbox server.

    Args:
        url: The server's address, such as `https://kf.kobotoolbox.org`; the environment's `KOBO_URL` where none is given.

    The API token comes from `KOBO_TOKEN` or the system's keyring (`keyring set URL token`). A form is asked for by its
    asset's uid. Everything raises `SourceError` where the server cannot be reached or refuses.

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
        """The deployed forms of the account."""
        rows = self.pages("assets/", {"q": "asset_type:survey"})
        return tuple(
            RemoteForm(row["uid"], row["name"], row["deployed_version_id"] or "", row["deployment__submission_count"] or 0)
            for row in rows
            if row["has_deployment"]
        )

    def form(self, form_id: str) -> "Form":
        """A form as it is deployed now, whatever was edited on the server since, under the uid that its submissions bear."""
        from liuwen.form import read_form

        path = f"assets/{_quoted(form_id)}/"
        asset = self.send("GET", path).json()
        version = self.send("GET", f"{path}versions/{asset['deployed_version_id'] or asset['version_id']}/").json()
        source = version["content"]
        source["settings"] = {**source.get("settings", {}), "id_string": form_id}
        drawn = self.send("POST", "asset_snapshots/", json={"asset": asset["url"], "source": source}).json()
        return read_form(self.send("GET", f"asset_snapshots/{drawn['uid']}.xml").content, name=f"{form_id}.xml")

    def count(self, form_id: str) -> int:
        """How many submissions the server has, by its own count."""
        return int(self.send("GET", self._data(form_id), params={"limit": 1, "fields": '["_id"]'}).json()["count"])

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """Every submission, in the order it came: an edit changes no time on Kobo, so all are looked through.

        Each page is asked for by the last number of the one before, so that none is passed over where one before it is
        deleted meanwhile.
        """
        given, last = 0, 0
        told = {"fields": json.dumps(FIELDS), "sort": '{"_id": 1}', "limit": str(PAGE)}
        while True:
            asked = {**told, "query": json.dumps({"_id": {"$gt": last}})}
            page = self.send("GET", self._data(form_id), params=asked).json()
            rows, left = page["results"], page["count"]
            yield from map(_listed, rows)
            if len(rows) >= left:
                return
            if not rows:
                raise SourceError(_SHORT.filled(server=self.url, counted=given + left, start=given))
            given, last = given + len(rows), rows[-1]["_id"]

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """The raw XML of the submission as it stands now."""
        return self.send("GET", f"{self._data(form_id)}{_quoted(listed.key)}.xml").content

    def many(self, form_id: str, listed: Sequence[Listed]) -> Mapping[str, bytes]:
        """The raw XML of several submissions as they stand, in one answer; one that was edited meanwhile is left out."""
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
        """Its attachments, with the addresses that the server gives for them."""
        row = self.send("GET", f"{self._data(form_id)}{_quoted(listed.key)}.json").json()
        return {_file_name(file): file["download_url"] for file in _there(row)}

    def download(self, address: str) -> Iterator[bytes]:
        """An attachment's bytes; the token goes to no other server."""
        whole = urljoin(f"{self.url}/", address)
        if urlsplit(whole).netloc != urlsplit(self.url).netloc:
            raise SourceError(_ELSEWHERE.filled(server=self.url, address=address))
        with reaching(self.url), ask(self._session, "GET", whole, server=self.url, stream=True) as answer:
            yield from answer.iter_content(1 << 16)

    def deploy(self, form: "Form", *, uid: str | None = None, media: Mapping[str, bytes] | None = None) -> RemoteForm:
        """Deploy a form with its files as a new asset, or as a new version of the asset `uid`; see `kobo_deploying`."""
        from liuwen.sources.kobo.deploying import deploy

        return deploy(self, form, uid, media or {})

    # -- requests -------------------------------------------------------------------------------------------------

    def send(self, method: str, path: str, **told: Any) -> "requests.Response":
        """The answer to any request of the API."""
        return ask(self._session, method, f"{self.url}/api/v2/{path}", server=self.url, **told)

    def pages(self, path: str, told: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Every row, page by page, until there are as many as the server counts; raises `SourceError` where it gives fewer."""
        start = 0
        while True:
            page = self.send("GET", path, params={**told, "limit": str(PAGE), "start": str(start)}).json()
            yield from page["results"]
            start += len(page["results"])
            if start >= page["count"]:
                return
            if not page["results"]:
                raise SourceError(_SHORT.filled(server=self.url, counted=page["count"], start=start))

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


def _listed(row: Mapping[str, Any]) -> Listed:
    return Listed(
        key=str(row["_id"]),
        stamp=row["_uuid"],
        submitted_at=f"{row['_submission_time']}Z",
        review=(row.get("_validation_status") or {}).get("uid", ""),
        files=len(_there(row)),
        sent_by=row.get("_submitted_by") or "",
    )


def _instances(answer: bytes) -> list[etree._Element]:
    """The submissions in an answer; none where one of them spoils it for the others."""
    try:
        return etree.fromstring(answer, etree.XMLParser(resolve_entities=False, no_network=True)).findall("results/*")
    except etree.XMLSyntaxError:
        return []


def _there(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [file for file in row.get("_attachments") or () if not file.get("is_deleted")]


def _file_name(file: Mapping[str, str]) -> str:
    """As the answers name it; older servers tell only the path where they keep it."""
    return file.get("media_file_basename") or file["filename"].rsplit("/", 1)[-1]


def _quoted(part: str) -> str:
    return quote(part, safe="")
