"""ODK Central as a source and a server to publish on, using pyodk."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from liuwen.messages import Sentence
from liuwen.responses.versions import plain_version
from liuwen.sources.central.addresses import PAGE, quoted
from liuwen.sources.central.session import CentralSession
from liuwen.sources.credentials import setting
from liuwen.sources.reading import Readable
from liuwen.sources.replies import Reply, read_reply, xml_in
from liuwen.sources.source import Listed, RemoteForm
from liuwen.sources.wire import ask, reaching

if TYPE_CHECKING:
    import pandas as pd
    import requests

    from liuwen.form.model import Form
    from liuwen.responses import Export, Submission
    from liuwen.sources.central.app_users import AppUser
    from liuwen.sources.central.entities import Pushed

OVERLAP = timedelta(minutes=1)
"""How far before the last change to list again: a submission may be committed later than its timestamp."""

Review = Literal["approved", "hasIssues", "rejected", "edited", "received"]
_WHICH_SERVER = Sentence(zh="ODK Central 的地址", en="the address of ODK Central")
_WHICH_ACCOUNT = Sentence(zh="ODK Central 的登录邮箱", en="the e-mail address on ODK Central")


class Central(Readable):
    """A project on an ODK Central server.

    The password comes from `CENTRAL_PASSWORD` or from the system's keyring (`keyring set URL EMAIL`). The server is
    contacted only when something is needed. Every method raises `SourceError` if the server cannot be reached or refuses.

    Args:
        url: The address of the server; by default the environment variable `CENTRAL_URL`.
        project: The number of the project.
        email: The account; by default `CENTRAL_EMAIL`.

    Example:
        >>> Central("https://central.example.org", project=3, email="town@example.org").name
        'https://central.example.org project 3'
    """

    def __init__(self, url: str | None = None, *, project: int = 1, email: str | None = None) -> None:
        self.url = setting(url, "CENTRAL_URL", _WHICH_SERVER).rstrip("/")
        self.email = setting(email, "CENTRAL_EMAIL", _WHICH_ACCOUNT)
        self.project = project
        self._session = CentralSession(self.url, self.email)

    @property
    def name(self) -> str:
        """The server's address and the number of the project."""
        return f"{self.url} project {self.project}"

    def __repr__(self) -> str:
        return f"Central({self.url!r}, project={self.project}, email={self.email!r})"

    # -- as a source ----------------------------------------------------------------------------------------------

    def forms(self) -> tuple[RemoteForm, ...]:
        """List the published forms of the project.

        Returns:
            One entry per form.
        """
        listed = read_reply(self.get("forms", headers={"X-Extended-Metadata": "true"}), self.url).rows()
        return tuple(_remote_form(form) for form in listed if form.get("publishedAt").value)

    def form(self, form_id: str) -> "Form":
        """Fetch a form as it is published now. Entity lists that it uses are read with `entities`.

        Args:
            form_id: The form ID.

        Returns:
            The form.
        """
        from liuwen.form import read_form

        return read_form(self.get(f"forms/{quoted(form_id)}.xml").content, name=f"{form_id}.xml")

    def earlier(self, form_id: str, versions: Collection[str]) -> "list[Form]":
        """Fetch earlier versions of a form.

        Args:
            form_id: The form ID.
            versions: The versions wanted.

        Returns:
            The form in each of these versions that was published here.
        """
        from liuwen.form import read_form

        place = f"forms/{quoted(form_id)}/versions"
        listed = read_reply(self.get(place), self.url).rows() if versions else []
        there = {plain_version(each["version"].text("")): each["version"].text("") for each in listed}
        wanted = [there[version] or "___" for version in sorted(versions) if version in there]
        return [read_form(self.get(f"{place}/{quoted(version)}.xml").content, name=f"{form_id}.xml") for version in wanted]

    def count(self, form_id: str) -> int:
        """Count submissions.

        Args:
            form_id: The form ID.

        Returns:
            The number of submissions, as the server counts them.
        """
        answer = self.get(f"forms/{quoted(form_id)}.svc/Submissions", params={"$top": 0, "$count": "true"})
        return read_reply(answer, self.url)["@odata.count"].whole()

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """List submissions, page by page.

        Args:
            form_id: The form ID.
            since: A time in ISO 8601; only what was received or changed since then.

        Returns:
            An iterator over the submissions.
        """
        query = {"$select": "__id,__system", "$top": PAGE}
        if since:
            start = (datetime.fromisoformat(since) - OVERLAP).isoformat().replace("+00:00", "Z")
            query["$filter"] = f"__system/submissionDate ge {start} or __system/updatedAt ge {start}"
        path = f"forms/{quoted(form_id)}.svc/Submissions"
        yield from (_listed(Reply(row, self.url, path)) for row in self.odata(path, query))

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """Fetch the XML of a submission. It holds what OData leaves out: accuracy, unknown fields, everything encrypted.

        Args:
            form_id: The form ID.
            listed: The submission as it was listed.

        Returns:
            The XML.
        """
        return xml_in(self.get(f"forms/{quoted(form_id)}/submissions/{quoted(listed.key)}.xml"), self.url)

    def attachments(self, form_id: str, listed: Listed) -> Mapping[str, str]:
        """List the attachments of a submission, audit logs (`audit.csv`) included.

        Args:
            form_id: The form ID.
            listed: The submission as it was listed.

        Returns:
            File name → address for `download`.
        """
        place = f"forms/{quoted(form_id)}/submissions/{quoted(listed.key)}/attachments"
        names = (each["name"].text() for each in read_reply(self.get(place), self.url).rows() if each["exists"].value)
        return {name: f"{place}/{quoted(name)}" for name in names}

    def download(self, address: str) -> Iterator[bytes]:
        """Download an attachment.

        Args:
            address: An address that `attachments` returned.

        Returns:
            An iterator over pieces of its bytes.
        """
        with reaching(self.url), self.get(address, stream=True) as answer:
            yield from answer.iter_content(1 << 16)

    def deciphered(
        self,
        form_id: str,
        received: "Iterable[tuple[str, Submission]]",
        passphrase: str | None,
        media_to: str | PathLike[str] | None,
    ) -> "Iterator[Submission | Export]":
        """Have Central decrypt submissions that are encrypted with the project's key; see `encrypt`.

        Args:
            form_id: The form ID.
            received: Submissions, each with its key.
            passphrase: The passphrase of the project; by default `CENTRAL_PASSPHRASE` or the keyring.
            media_to: A folder for decrypted attachments.

        Returns:
            An iterator: submissions that were not encrypted as they are, the others as tables that Central decrypted.
        """
        from liuwen.sources.central.deciphering import deciphered

        return deciphered(self, form_id, received, passphrase, media_to)

    # -- publishing and app users ---------------------------------------------------------------------------------

    def publish(self, form: "Form", *, media: Mapping[str, bytes] | None = None, key: str | bytes | None = None) -> RemoteForm:
        """Publish a form with its files, or a new version of it.

        Args:
            form: The form.
            media: Files that the form needs, besides those in `form.media`.
            key: A public key (see `new_keys`). Phones then encrypt with it, and only its owner can read the answers; not
                even Central can.

        Returns:
            The form as Central lists it.
        """
        from liuwen.sources.central.publishing import publish

        return publish(self, form, media or {}, key)

    @property
    def is_encrypted(self) -> bool:
        """Whether Central encrypts the forms of the project with a key that it keeps."""
        from liuwen.sources.central.encryption import is_encrypted

        return is_encrypted(self)

    def encrypt(self, passphrase: str | None = None, *, hint: str = "") -> bool:
        """Have Central encrypt everything that phones send to the project. This cannot be undone.

        Central makes and keeps the key. Anybody who knows the passphrase can have answers decrypted; without it nobody
        can.

        Args:
            passphrase: The passphrase; by default `CENTRAL_PASSPHRASE` or the keyring (`keyring set URL project-NUMBER`).
            hint: A hint at the passphrase; it is not secret.

        Returns:
            True if the project was not encrypted before.
        """
        from liuwen.sources.central.encryption import encrypt

        return encrypt(self, passphrase, hint)

    def add_app_user(self, name: str, *, forms: tuple[str, ...] = ()) -> "AppUser":
        """Add an app user, who collects with ODK Collect.

        Args:
            name: The name of the app user.
            forms: The IDs of the forms that it may fill in.

        Returns:
            The app user; its `qr` sets up the phone.
        """
        from liuwen.sources.central.app_users import add_app_user

        return add_app_user(self, name, forms)

    def app_user(self, name: str, *, forms: tuple[str, ...] = ()) -> "AppUser":
        """Find an app user by name, or add it. The QR code of an existing one stays valid.

        Args:
            name: The name of the app user.
            forms: The IDs of the forms that it may fill in.

        Returns:
            The app user; its `qr` sets up the phone.
        """
        from liuwen.sources.central.app_users import app_user

        return app_user(self, name, forms)

    def app_users(self) -> "tuple[AppUser, ...]":
        """List the app users that are not revoked.

        Returns:
            One entry per app user.
        """
        from liuwen.sources.central.app_users import app_users

        return app_users(self)

    def review(self, form_id: str, key: str, state: Review) -> None:
        """Set the review state of a submission.

        Args:
            form_id: The form ID.
            key: The ID of the submission.
            state: The new state; `received` removes an earlier review.
        """
        body = {"reviewState": None if state == "received" else state}
        self.send("PATCH", f"forms/{quoted(form_id)}/submissions/{quoted(key)}", json=body)

    # -- entities and logs ----------------------------------------------------------------------------------------

    def entities(self, list_name: str) -> "pd.DataFrame":
        """Read an entity list.

        Args:
            list_name: The name of the list.

        Returns:
            One row per entity: index `name` (the ID), `label`, one text column per property, `version`, `conflict`,
            `created` and `updated` (UTC).
        """
        from liuwen.sources.central.entities import read_entities

        return read_entities(self, list_name)

    def push_entities(self, list_name: str, table: "pd.DataFrame") -> "Pushed":
        """Bring an entity list on the server up to date with a table.

        Lists, properties and entities are created if they are missing, and updated if they differ. Entities that the
        table does not contain stay as they are.

        Args:
            list_name: The name of the list.
            table: One row per entity: the index holds the UUIDs, `label` the label, every other column a property.

        Returns:
            How many entities were created, updated and unchanged.

        Raises:
            SourceError: If somebody changed an entity between reading and writing.
        """
        from liuwen.sources.central.entities import push_entities

        return push_entities(self, list_name, table)

    def audits(self, since: str = "") -> "pd.DataFrame":
        """Read the log of the server.

        Args:
            since: A time in ISO 8601; only what was logged since then.

        Returns:
            One row per event, oldest first: `logged_at` (UTC), `action`, `actor`, `details` (JSON as text).
        """
        from liuwen.sources.central.audits import read_audits

        return read_audits(self, since)

    # -- requests -------------------------------------------------------------------------------------------------

    def get(self, path: str, **options: Any) -> "requests.Response":
        """Make a GET request within the project.

        Args:
            path: The path below the project.
            **options: Further arguments for `requests`.

        Returns:
            The answer.
        """
        return self.send("GET", path, **options)

    def send(self, method: str, path: str, *, server_wide: bool = False, **options: Any) -> "requests.Response":
        """Make a request within the project or the server.

        Args:
            method: The HTTP method.
            path: The path below the project.
            server_wide: Whether the path is below the server instead.
            **options: Further arguments for `requests`.

        Returns:
            The answer.
        """
        where = path if server_wide else f"projects/{self.project}/{path}"
        again = self._session.log_in_again
        return ask(self._session.open(), method, where, server=self.url, log_in_again=again, **options)

    def odata(self, path: str, query: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        """Read an OData table, page by page.

        Args:
            path: The path below the project.
            query: The query parameters, such as `$filter`.

        Returns:
            An iterator over the rows.
        """
        page = read_reply(self.get(path, params=query), self.url)
        asked = {""}
        while True:
            yield from (row.value for row in page["value"].rows())
            following = page.get("@odata.nextLink").text("").partition("?")[2]
            if following in asked:
                return
            asked.add(following)
            page = read_reply(self.get(f"{path}?{following}"), self.url)


def _remote_form(form: Reply) -> RemoteForm:
    form_id = form["xmlFormId"].text()
    title = form["name"].text("") or form_id
    return RemoteForm(form_id, title, plain_version(form["version"].text("")), form["submissions"].whole())


def _listed(row: Reply) -> Listed:
    system = row["__system"]
    present = system["attachmentsPresent"].whole(0)
    return Listed(
        key=row["__id"].text(),
        stamp=f"{system['edits'].whole(0)}",
        submitted_at=system["submissionDate"].moment(),
        updated_at=system["updatedAt"].moment(""),
        review=system["reviewState"].text(""),
        sent_by=system.get("submitterName").text(""),
        files=present,
        awaited=system["attachmentsExpected"].whole(0) > present,
    )
