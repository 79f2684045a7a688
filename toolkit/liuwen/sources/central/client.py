"""ODK Central as a source and a place to publish, through pyodk."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from os import PathLike
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.responses.versions import plain_version
from liuwen.sources.central.addresses import PAGE, quoted
from liuwen.sources.credentials import secret, setting
from liuwen.sources.reading import Readable
from liuwen.sources.source import Listed, RemoteForm
from liuwen.sources.wire import ask, patient, reaching

if TYPE_CHECKING:
    import pandas as pd
    import requests
    from pyodk.client import Client

    from liuwen.form.model import Form
    from liuwen.responses import Export, Submission
    from liuwen.sources.central.app_users import AppUser
    from liuwen.sources.central.entities import Pushed

OVERLAP = timedelta(minutes=1)
"""How far before the last change to ask again: a submission may be stamped before, and committed after, one we saw."""

Review = Literal["approved", "hasIssues", "rejected", "edited", "received"]
_WHICH_SERVER = Sentence(zh="ODK Central 的地址", en="ODK Central server")
_WHICH_ACCOUNT = Sentence(zh="ODK Central 的登录邮箱", en="e-mail address on ODK Central")
_SIGN_IN = Sentence(
    zh="{server} 不接受 {email} 的密码，或地址不是 ODK Central。",
    en="{server} does not accept the password of {email}, or is no ODK Central.",
)


class Central(Readable):
    """A project on an ODK Central server.

    Args:
        url: The server's address; the environment's `CENTRAL_URL` where none is given.
        project: The number of the project.
        email: The account; `CENTRAL_EMAIL` where none is given.

    The password comes from `CENTRAL_PASSWORD` or the system's keyring (`keyring set URL EMAIL`). Nothing is asked of the
    server until it is needed. Everything raises `SourceError` where the server cannot be reached or refuses.

    >>> Central("https://central.example.org", project=3, email="town@example.org").name
    'https://central.example.org project 3'
    """

    def __init__(self, url: str | None = None, *, project: int = 1, email: str | None = None) -> None:
        self.url = setting(url, "CENTRAL_URL", _WHICH_SERVER).rstrip("/")
        self.email = setting(email, "CENTRAL_EMAIL", _WHICH_ACCOUNT)
        self.project = project
        self._signing_in = Lock()

    @property
    def name(self) -> str:
        """The address and the project's number."""
        return f"{self.url} project {self.project}"

    def __repr__(self) -> str:
        return f"Central({self.url!r}, project={self.project}, email={self.email!r})"

    # -- as a source ----------------------------------------------------------------------------------------------

    def forms(self) -> tuple[RemoteForm, ...]:
        """The published forms of the project."""
        listed = self.get("forms", headers={"X-Extended-Metadata": "true"}).json()
        published = (form for form in listed if form.get("publishedAt"))
        return tuple(
            RemoteForm(form["xmlFormId"], form["name"] or form["xmlFormId"], plain_version(form["version"]), form["submissions"])
            for form in published
        )

    def form(self, form_id: str) -> "Form":
        """A form as it is published now; a list that hangs on an entity list is read with `entities`."""
        from liuwen.form import read_form

        return read_form(self.get(f"forms/{quoted(form_id)}.xml").content, name=f"{form_id}.xml")

    def earlier(self, form_id: str, versions: Collection[str]) -> "list[Form]":
        """The form in each of those versions that was published here."""
        from liuwen.form import read_form

        place = f"forms/{quoted(form_id)}/versions"
        there = {plain_version(each["version"]): each["version"] for each in self.get(place).json()} if versions else {}
        wanted = [there[version] or "___" for version in sorted(versions) if version in there]
        return [read_form(self.get(f"{place}/{quoted(version)}.xml").content, name=f"{form_id}.xml") for version in wanted]

    def count(self, form_id: str) -> int:
        """How many submissions the server has, by its own count."""
        counted = self.get(f"forms/{quoted(form_id)}.svc/Submissions", params={"$top": 0, "$count": "true"}).json()
        return int(counted["@odata.count"])

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """The submissions that came or changed since, page by page."""
        told = {"$select": "__id,__system", "$top": PAGE}
        if since:
            start = (datetime.fromisoformat(since) - OVERLAP).isoformat().replace("+00:00", "Z")
            told["$filter"] = f"__system/submissionDate ge {start} or __system/updatedAt ge {start}"
        for row in self.odata(f"forms/{quoted(form_id)}.svc/Submissions", told):
            system = row["__system"]
            yield Listed(
                key=row["__id"],
                stamp=f"{system['edits']}",
                submitted_at=system["submissionDate"],
                updated_at=system["updatedAt"] or "",
                review=system["reviewState"] or "",
                sent_by=system.get("submitterName") or "",
                files=system["attachmentsPresent"] or 0,
                awaited=(system["attachmentsExpected"] or 0) > (system["attachmentsPresent"] or 0),
            )

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """The raw XML, which holds what OData leaves out: accuracy, unknown fields, everything encrypted."""
        return self.get(f"forms/{quoted(form_id)}/submissions/{quoted(listed.key)}.xml").content

    def attachments(self, form_id: str, listed: Listed) -> Mapping[str, str]:
        """The attachments that are there, client audit logs (`audit.csv`) among them."""
        place = f"forms/{quoted(form_id)}/submissions/{quoted(listed.key)}/attachments"
        return {each["name"]: f"{place}/{quoted(each['name'])}" for each in self.get(place).json() if each["exists"]}

    def download(self, address: str) -> Iterator[bytes]:
        """An attachment's bytes."""
        with reaching(self.url), self.get(address, stream=True) as answer:
            yield from answer.iter_content(1 << 16)

    def deciphered(
        self,
        form_id: str,
        received: "Iterable[tuple[str, Submission]]",
        passphrase: str | None,
        media_to: str | PathLike[str] | None,
    ) -> "Iterator[Submission | Export]":
        """Submissions as they are, and those encrypted to the project's key as Central deciphers them; see `encrypt`."""
        from liuwen.sources.central.deciphering import deciphered

        return deciphered(self, form_id, received, passphrase, media_to)

    # -- publishing and people ------------------------------------------------------------------------------------

    def publish(self, form: "Form", *, media: Mapping[str, bytes] | None = None, key: str | bytes | None = None) -> RemoteForm:
        """Publish a form with its files, or a new version of one that is there; see `central_publishing.publish`.

        With a public `key` (`new_keys`), phones encrypt to it, and only its owner can read; not even Central can.
        """
        from liuwen.sources.central.publishing import publish

        return publish(self, form, media or {}, key)

    @property
    def is_encrypted(self) -> bool:
        """Whether Central encrypts the project's forms to a key that it keeps."""
        from liuwen.sources.central.encryption import is_encrypted

        return is_encrypted(self)

    def encrypt(self, passphrase: str | None = None, *, hint: str = "") -> bool:
        """Have Central encrypt what phones send to every form of the project, now and for good; whether that is new.

        Central makes and keeps the key; whoever knows the passphrase (`CENTRAL_PASSPHRASE`, or the keyring's
        `keyring set URL project-NUMBER`) can have it deciphered, and without it nobody can. The hint is no secret.
        """
        from liuwen.sources.central.encryption import encrypt

        return encrypt(self, passphrase, hint)

    def add_app_user(self, name: str, *, forms: tuple[str, ...] = ()) -> "AppUser":
        """Add somebody who collects with ODK Collect, who may fill in `forms`; its `qr` sets the phone up."""
        from liuwen.sources.central.app_users import add_app_user

        return add_app_user(self, name, forms)

    def app_user(self, name: str, *, forms: tuple[str, ...] = ()) -> "AppUser":
        """The same for somebody who may be there already, whose QR code then stays as it was."""
        from liuwen.sources.central.app_users import app_user

        return app_user(self, name, forms)

    def app_users(self) -> "tuple[AppUser, ...]":
        """Everybody who collects with ODK Collect and has not been shut out."""
        from liuwen.sources.central.app_users import app_users

        return app_users(self)

    def review(self, form_id: str, key: str, state: Review) -> None:
        """Set the review state of a submission; `received` is what it had before anybody reviewed it."""
        told = {"reviewState": None if state == "received" else state}
        self.send("PATCH", f"forms/{quoted(form_id)}/submissions/{quoted(key)}", json=told)

    # -- entities and logs ----------------------------------------------------------------------------------------

    def entities(self, list_name: str) -> "pd.DataFrame":
        """An entity list as a table, as `store.entities[...]` gives one; see `central_entities.read_entities`."""
        from liuwen.sources.central.entities import read_entities

        return read_entities(self, list_name)

    def push_entities(self, list_name: str, table: "pd.DataFrame") -> "Pushed":
        """Bring an entity list on the server to what `table` says; see `central_entities.push_entities`."""
        from liuwen.sources.central.entities import push_entities

        return push_entities(self, list_name, table)

    def audits(self, since: str = "") -> "pd.DataFrame":
        """The server's own log, oldest first: `logged_at` (UTC), `action`, `actor`, `details` (text of JSON)."""
        from liuwen.sources.central.audits import read_audits

        return read_audits(self, since)

    # -- requests -------------------------------------------------------------------------------------------------

    def get(self, path: str, **told: Any) -> "requests.Response":
        """The answer to a GET under the project."""
        return self.send("GET", path, **told)

    def send(self, method: str, path: str, *, server_wide: bool = False, **told: Any) -> "requests.Response":
        """The answer to any request under the project, or under the server as a whole."""
        where = path if server_wide else f"projects/{self.project}/{path}"
        return ask(self._signed_in(), method, where, server=self.url, sign_in_anew=self._sign_in_anew, **told)

    def odata(self, path: str, told: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        """Every row of an OData table, page by page, to the last."""
        page = self.get(path, params=told).json()
        while True:
            yield from page["value"]
            following = page.get("@odata.nextLink")
            if not following:
                return
            page = self.get(path + "?" + following.partition("?")[2]).json()

    def _signed_in(self) -> "requests.Session":
        from pyodk.errors import PyODKError

        session: requests.Session = self._client.session
        try:
            with self._signing_in, reaching(self.url):
                self._client.session.auth.login()
        except (PyODKError, ValueError) as refusal:
            raise SourceError(_SIGN_IN.filled(server=self.url, email=self.email)) from refusal
        return session

    def _sign_in_anew(self, refused: "requests.Response") -> None:
        """Central ends a session after a day; of several threads that learn so at once, the first begins the next."""
        headers = self._client.session.headers
        with self._signing_in:
            if headers.get("Authorization") == refused.request.headers.get("Authorization"):
                headers.pop("Authorization", None)
        self._signed_in()

    @cached_property
    def _client(self) -> "Client":
        from pyodk._utils.config import CentralConfig, Config
        from pyodk._utils.session import Session
        from pyodk.client import Client

        logging.getLogger("pyodk").disabled = True  # it logs what it raises; we say it once
        password = secret("CENTRAL_PASSWORD", server=self.url, account=self.email)
        # a session of our own, because pyodk's would keep its token in a file
        session = Session(base_url=self.url, api_version="v1", username=self.email, password=password, cache_path=None)
        patient(session)
        config = Config(central=CentralConfig(base_url=self.url, username=self.email, password=password))
        return Client(config=config, session=session, project_id=self.project)
