"""ODK Central, twice: a local server that answers in its formats, and the real one if CENTRAL_URL is set."""

import base64
import csv
import io
import json
import os
import re
import secrets
import uuid
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

from liuwen.responses.from_submissions import decrypt
from liuwen.responses.from_submissions.instance import InstanceError
from liuwen.sources import Central
from liuwen.testing.phone import Phone

JSON = "application/json"
_EVER = {"start": "0001-01-01T00:00:00Z", "end": "9999-12-31T00:00:00Z"}
Answer = tuple[int, str, Any]
Found = re.Match[str]
SERVERS = ["recorded", "real"] if os.environ.get("CENTRAL_URL") else ["recorded"]
"""The same tests run on both, so that the real server shows errors in the local one."""


@pytest.fixture(params=SERVERS)
def central(request: pytest.FixtureRequest, http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Central:
    """An empty project."""
    if request.param == "recorded":
        monkeypatch.setenv("CENTRAL_URL", http_server(CentralServer().answer))
        monkeypatch.setenv("CENTRAL_EMAIL", "town@example.org")
        monkeypatch.setenv("CENTRAL_PASSWORD", "a long password")
    made = Central().send("POST", "projects", server_wide=True, json={"name": f"湖滨镇 {secrets.token_hex(4)}"}).json()
    return Central(project=made["id"])


@dataclass
class Draft:
    """The definition of a form, with the state of each file it names."""

    xml: str
    files: dict[str, bytes | None]

    @property
    def version(self) -> str:
        found = re.search(r'<data[^>]* version="([^"]*)"', self.xml)
        return found[1] if found else ""


@dataclass
class Project:
    """One project: forms by ID, submissions by form and root instance ID, entity lists by name."""

    name: str
    published: dict[str, list[Draft]] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    submissions: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    app_users: list[dict[str, Any]] = field(default_factory=list)
    lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: "ManagedKey | None" = None

    def files_of(self, draft: Draft) -> list[dict[str, Any]]:
        """Central's list of a form's files: an entity list replaces a file that was not uploaded."""
        rows = []
        for name, content in draft.files.items():
            listed = content is None and name.removesuffix(".csv") in self.lists
            is_blob = content is not None
            rows.append({"name": name, "exists": is_blob or listed, "blobExists": is_blob, "datasetExists": listed})
        return rows


@dataclass
class CentralServer:
    """ODK Central v2026.2, for the requests that the client makes."""

    projects: list[Project] = field(default_factory=list)
    sessions: set[str] = field(default_factory=set)
    audits: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        if path == "/v1/sessions":
            return self._sign_in(body)
        if found := re.fullmatch(r"/v1/key/([^/]+)/projects/(\d+)/submission", path):
            return self._submit(self.projects[int(found[2]) - 1], found[1], headers, body)
        token = (headers["Authorization"] or "").removeprefix("Bearer ")
        if token not in self.sessions:
            return 401, JSON, {"message": "Could not authenticate."}
        if (method, path) == ("DELETE", "/v1/sessions/current"):
            self.sessions.remove(token)
        for asked, give in self._routes.items():
            if found := re.fullmatch(asked, f"{method} {path.removeprefix('/v1/')}"):
                project = self.projects[int(found["p"]) - 1] if "p" in found.groupdict() else None
                return give(self, project, found, query, body)
        return 404, JSON, {"message": "Not here.", "code": 404.1}

    # -- sessions, projects and forms

    def _sign_in(self, body: bytes) -> Answer:
        if json.loads(body) != {"email": "town@example.org", "password": "a long password"}:
            return 401, JSON, {"message": "Could not authenticate.", "code": 401.2}
        self.sessions.add(token := secrets.token_hex(8))
        return 200, JSON, {"token": token}

    def _end_session(self, *_: object) -> Answer:
        return 200, JSON, {"success": True}

    def _add_project(self, _: None, __: Found, ___: dict[str, str], body: bytes) -> Answer:
        self.projects.append(Project(json.loads(body)["name"]))
        return 200, JSON, {"id": len(self.projects)}

    def _project(self, project: Project, *_: object) -> Answer:
        return 200, JSON, {"name": project.name, "keyId": project.key and project.key.number}

    def _encrypt(self, project: Project, _: Found, __: dict[str, str], body: bytes) -> Answer:
        project.key = ManagedKey(**{"hint": None, **json.loads(body)})
        return 200, JSON, {"success": True}

    def _keys(self, project: Project, *_: object) -> Answer:
        key = project.key
        return 200, JSON, [{"id": key.number, "public": key.public, "managed": True, "hint": key.hint}] if key else []

    def _export(self, project: Project, found: Found, query: dict[str, str], body: bytes) -> Answer:
        """The decrypted export; interrupted at a damaged submission."""
        key = project.key
        if key is None or parse_qs(body.decode()) != {str(key.number): [key.passphrase]}:
            return 400, JSON, {"message": "Could not perform decryption. Double check your passphrase.", "code": 400.12}
        asked = re.findall(r"__id eq '([^']*)'", query["$filter"])
        kept = {name: each for name, each in project.submissions[found["f"]].items() if name in asked}
        try:
            whole = key.export_of(found["f"], kept, media=query["attachments"] == "true")
        except InstanceError:
            return 200, "application/zip", b"PK\x03\x04 and no more"
        return 200, "application/zip", whole

    def _forms(self, project: Project, *_: object) -> Answer:
        rows = [self._form_row(project, form_id) for form_id in {**project.published, **project.drafts}]
        return 200, JSON, rows

    def _form_row(self, project: Project, form_id: str) -> dict[str, Any]:
        versions = project.published.get(form_id, [])
        return {
            "xmlFormId": form_id,
            "name": "走访",
            "version": versions[-1].version if versions else "",
            "publishedAt": now() if versions else None,
            "submissions": len(project.submissions.get(form_id, {})),
        }

    def _draft(self, project: Project, _: Found, __: dict[str, str], body: bytes) -> Answer:
        xml = body.decode()
        form_id = re.findall(r'<data[^>]* id="([^"]*)"', xml)[0]
        names = re.findall(r'src="jr://[^"/]+/([^"]+)"', xml)
        if project.key and "base64RsaPublicKey" not in xml:
            xml = project.key.put_into(xml)
        project.drafts[form_id] = Draft(xml, dict.fromkeys(names))
        return 200, JSON, {"xmlFormId": form_id}

    def _draft_files(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, JSON, project.files_of(project.drafts[found["f"]])

    def _form_files(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, JSON, project.files_of(project.published[found["f"]][-1])

    def _draft_file(self, project: Project, found: Found, _: dict[str, str], body: bytes) -> Answer:
        project.drafts[found["f"]].files[found["n"]] = body
        return 200, JSON, {"success": True}

    def _versions(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, JSON, [{"version": draft.version} for draft in project.published.get(found["f"], [])]

    def _publish(self, project: Project, found: Found, *_: object) -> Answer:
        project.published.setdefault(found["f"], []).append(project.drafts.pop(found["f"]))
        self.audits.append({"loggedAt": now(), "action": "form.update.publish", "actor": {"displayName": "town"}, "details": {}})
        return 200, JSON, {"success": True}

    def _form_xml(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, "application/xml", project.published[found["f"]][-1].xml.encode()

    def _version_xml(self, project: Project, found: Found, *_: object) -> Answer:
        [draft] = [each for each in project.published[found["f"]] if (each.version or "___") == found["v"]]
        return 200, "application/xml", draft.xml.encode()

    # -- collecting

    def _add_app_user(self, project: Project, _: Found, __: dict[str, str], body: bytes) -> Answer:
        made = {"id": len(project.app_users) + 7, "displayName": json.loads(body)["displayName"], "token": secrets.token_hex(32)}
        project.app_users.append(made | {"forms": []})
        return 200, JSON, made

    def _app_users(self, project: Project, *_: object) -> Answer:
        return 200, JSON, project.app_users

    def _assignments(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, JSON, [{"actorId": user["id"], "roleId": 2} for user in project.app_users if found["f"] in user["forms"]]

    def _assign(self, project: Project, found: Found, *_: object) -> Answer:
        [user] = [each for each in project.app_users if each["id"] == int(found["u"])]
        if found["f"] in user["forms"]:
            return 409, JSON, {"message": "A resource already exists with actorId,roleId,acteeId value(s)", "code": 409.3}
        user["forms"].append(found["f"])
        return 200, JSON, {"success": True}

    def _submit(self, project: Project, token: str, headers: Any, body: bytes) -> Answer:
        if token not in {user["token"] for user in project.app_users}:
            return 403, "text/xml", b"<OpenRosaResponse/>"
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body)
        parts = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_parts()}  # type: ignore[attr-defined]
        xml = parts.pop("submission.xml").decode()
        instance, replaced = (re.findall(rf"<(?:orx:)?{name}>([^<]*)", xml) for name in ("instanceID", "deprecatedID"))
        kept = project.submissions.setdefault(re.findall(r' id="([^"]*)"', xml)[0], {})
        there = next((each for each in kept.values() if each["instance"] in [*instance, *replaced]), None)
        if there is None:
            there = kept[instance[0]] = {"came": now(), "changed": None, "edits": 0, "review": None, "files": {}}
        elif replaced:
            there |= {"changed": now(), "edits": there["edits"] + 1, "files": {}}
        there |= {"xml": xml, "instance": instance[0], "files": {**there["files"], **parts}}
        return (
            201,
            "text/xml",
            b'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>ok</message></OpenRosaResponse>',
        )

    def _odata(self, project: Project, found: Found, query: dict[str, str], _: bytes) -> Answer:
        everything = list(reversed(project.submissions.get(found["f"], {}).items()))
        if since := re.search(r"ge (\S+) or", query.get("$filter", "")):
            everything = [(key, each) for key, each in everything if max(each["came"], each["changed"] or "") >= since[1]]
        return 200, JSON, page_of([self._system(key, each) for key, each in everything], query)

    def _system(self, key: str, each: dict[str, Any]) -> dict[str, Any]:
        expected = names_in(each["xml"])
        told = {
            "submissionDate": each["came"],
            "updatedAt": each["changed"],
            "edits": each["edits"],
            "reviewState": each["review"],
            "submitterName": "Wang",
        }
        return {"__id": key, "__system": {**told, "attachmentsPresent": len(each["files"]), "attachmentsExpected": len(expected)}}

    def _submission_xml(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, "application/xml", project.submissions[found["f"]][found["s"]]["xml"].encode()

    def _files(self, project: Project, found: Found, *_: object) -> Answer:
        each = project.submissions[found["f"]][found["s"]]
        return 200, JSON, [{"name": name, "exists": name in each["files"]} for name in names_in(each["xml"])]

    def _file(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, "image/jpeg", project.submissions[found["f"]][found["s"]]["files"][found["n"]]

    def _review(self, project: Project, found: Found, _: dict[str, str], body: bytes) -> Answer:
        project.submissions[found["f"]][found["s"]] |= {"review": json.loads(body)["reviewState"], "changed": now()}
        return 200, JSON, {}

    def _delete(self, project: Project, found: Found, *_: object) -> Answer:
        del project.submissions[found["f"]][found["s"]]
        return 200, JSON, {"success": True}

    # -- entities and the log

    def _lists(self, project: Project, *_: object) -> Answer:
        return 200, JSON, [{"name": name} for name in project.lists]

    def _add_list(self, project: Project, _: Found, __: dict[str, str], body: bytes) -> Answer:
        project.lists[json.loads(body)["name"]] = {"properties": [], "entities": {}}
        return 200, JSON, {}

    def _list(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, JSON, {"properties": [{"name": name} for name in project.lists[found["d"]]["properties"]]}

    def _add_property(self, project: Project, found: Found, _: dict[str, str], body: bytes) -> Answer:
        project.lists[found["d"]]["properties"].append(json.loads(body)["name"])
        return 200, JSON, {"success": True}

    def _add_entities(self, project: Project, found: Found, _: dict[str, str], body: bytes) -> Answer:
        for told in json.loads(body)["entities"]:
            entity = {"label": told["label"], **told["data"], "version": 1, "created": now(), "updated": None}
            project.lists[found["d"]]["entities"][told["uuid"]] = entity
        return 200, JSON, {"success": True}

    def _change_entity(self, project: Project, found: Found, query: dict[str, str], body: bytes) -> Answer:
        entity, told = project.lists[found["d"]]["entities"][found["e"]], json.loads(body)
        if int(query["baseVersion"]) != entity["version"]:
            return 409, JSON, {"message": "version conflict", "code": 409.15}
        entity |= {"label": told["label"], **told["data"], "version": entity["version"] + 1, "updated": now()}
        return 200, JSON, {}

    def _entities(self, project: Project, found: Found, query: dict[str, str], _: bytes) -> Answer:
        """Supports `$select=__id,__system` only."""
        rows = [
            {"__id": key, "__system": {"version": each["version"], "conflict": None}}
            for key, each in reversed(project.lists[found["d"]]["entities"].items())
        ]
        return 200, JSON, page_of(rows, query)

    def _entities_csv(self, project: Project, found: Found, *_: object) -> Answer:
        names = ["label", *project.lists[found["d"]]["properties"]]
        rows = [
            [key, *(each.get(name, "") for name in names), each["created"], 1, "town", 0, each["updated"] or "", each["version"]]
            for key, each in reversed(project.lists[found["d"]]["entities"].items())
        ]
        system = ["__createdAt", "__creatorId", "__creatorName", "__updates", "__updatedAt", "__version"]
        return 200, "text/csv", _csv([["__id", *names, *system], *rows]).encode()

    def _audits(self, _: None, __: Found, query: dict[str, str], ___: bytes) -> Answer:
        first, last = (datetime.fromisoformat(query.get(name, other)) for name, other in _EVER.items())
        asked = [each for each in self.audits if first <= datetime.fromisoformat(each["loggedAt"]) <= last]
        start = int(query["offset"])
        return 200, JSON, asked[::-1][start : start + int(query["limit"])]

    _p = r"projects/(?P<p>\d+)"
    _f = _p + r"/forms/(?P<f>[^/.]+)"
    _s = _f + r"/submissions/(?P<s>[^/]+)"
    _d = _p + r"/datasets/(?P<d>[^/.]+)"
    _routes: ClassVar[dict[str, Callable[..., Answer]]] = {
        "POST projects": _add_project,
        f"POST {_p}/key": _encrypt,
        f"GET {_p}": _project,
        f"GET {_p}/forms": _forms,
        f"POST {_p}/forms": _draft,
        f"POST {_f}/draft": _draft,
        f"GET {_f}/draft/attachments": _draft_files,
        f"GET {_f}/attachments": _form_files,
        rf"POST {_f}/draft/attachments/(?P<n>.+)": _draft_file,
        f"GET {_f}/versions": _versions,
        rf"GET {_f}/versions/(?P<v>.+)\.xml": _version_xml,
        f"POST {_f}/draft/publish": _publish,
        rf"GET {_f}\.xml": _form_xml,
        f"POST {_p}/app-users": _add_app_user,
        f"GET {_p}/app-users": _app_users,
        f"GET {_f}/assignments": _assignments,
        rf"POST {_f}/assignments/app-user/(?P<u>\d+)": _assign,
        rf"GET {_f}\.svc/Submissions": _odata,
        f"GET {_f}/submissions/keys": _keys,
        rf"POST {_f}/submissions\.csv\.zip": _export,
        rf"GET {_s}\.xml": _submission_xml,
        f"GET {_s}/attachments": _files,
        f"GET {_s}/attachments/(?P<n>.+)": _file,
        f"PATCH {_s}": _review,
        f"DELETE {_s}": _delete,
        f"GET {_p}/datasets": _lists,
        f"POST {_p}/datasets": _add_list,
        f"GET {_d}": _list,
        f"POST {_d}/properties": _add_property,
        f"POST {_d}/entities": _add_entities,
        f"PATCH {_d}/entities/(?P<e>.+)": _change_entity,
        rf"GET {_d}\.svc/Entities": _entities,
        rf"GET {_d}/entities\.csv": _entities_csv,
        "GET audits": _audits,
        "DELETE sessions/current": _end_session,
    }


SEALED = re.compile(r"<(?:file|encryptedXmlFile)>([^<]+)")
ASKED = ["SubmissionDate", "village", "place-Latitude", "place-Longitude", "place-Altitude", "place-Accuracy", "photo", "g-needs"]
ADDED = [
    "meta-audit",
    "meta-instanceID",
    "KEY",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
]
ADDED += ["ReviewState", "DeviceID", "Edits", "FormVersion"]


def names_in(xml: str) -> list[str]:
    """The files that a submission names."""
    return SEALED.findall(xml) or re.findall(r"<photo>([^<]+)", xml)


class ManagedKey:
    """A project's managed key, and Central's operations with it."""

    number = 4

    def __init__(self, passphrase: str, hint: str | None) -> None:
        self.passphrase, self.hint = passphrase, hint
        self.private = rsa.generate_private_key(65537, 2048)
        der = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        self.public = base64.b64encode(self.private.public_key().public_bytes(*der)).decode()

    def put_into(self, xml: str) -> str:
        """A form that phones encrypt with this key; its version shows it."""
        keyed = xml.replace("</instance>", f'</instance><submission base64RsaPublicKey="{self.public}"/>', 1)
        mark = f"[encrypted:{base64.b64encode(secrets.token_bytes(6)).decode()}]"
        return re.sub(r'(<data[^>]* version="[^"]*)"', rf'\1{mark}"', keyed, count=1)

    def export_of(self, form_id: str, kept: Mapping[str, Mapping[str, Any]], *, media: bool) -> bytes:
        """The submissions as CSV, with one repeat, and their media."""
        rows, members, files = [], [], []
        for key, each in kept.items():
            has_answers = "submission.xml.enc" in each["files"]
            opened = self._opened(each)
            root = etree.fromstring(opened.pop("submission.xml", b"<data/>"), etree.XMLParser(recover=True))
            status = "" if has_answers else "missing encrypted form data"
            system = ["12", "wang", "2", "2", status, "", "collect:phone", "0", re.findall(r' version="([^"]*)"', each["xml"])[0]]
            rows.append([each["came"], *_cells(root), key, *system])
            for number, member in enumerate(root.iterfind("{*}g/{*}member"), start=1):
                members.append([*_texts(member, "called", "age"), key, f"{key}/g/member[{number}]"])
            if log := opened.get("audit.csv"):
                opened["audit.csv"] = f"instance ID,event\n{key},{log.decode().splitlines()[1]}\n".encode()
            files += opened.items()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(f"{form_id}.csv", _csv([[*ASKED, *ADDED], *rows]))
            archive.writestr(f"{form_id}-member.csv", _csv([["called", "age", "PARENT_KEY", "KEY"], *members]))
            audits = b"".join(content for name, content in files if name == "audit.csv")
            if media and audits:
                archive.writestr(f"{form_id} - audit.csv", audits)
            for name, content in ((name, content) for name, content in files if media and name != "audit.csv"):
                archive.NameToInfo.pop(f"media/{name}", None)  # Central writes a name twice; Python would warn
                archive.writestr(f"media/{name}", content)
        return stream.getvalue()

    def _opened(self, each: Mapping[str, Any]) -> dict[str, bytes]:
        """Every file decrypted; the signature is not checked."""
        envelope = etree.fromstring(each["xml"].encode())
        aes = decrypt._opened(self.private, envelope.findtext("{*}base64EncryptedKey"))
        ciphers = decrypt._ciphers(envelope.findtext("{*}meta/{*}instanceID"), aes)
        names = [name for name in names_in(each["xml"]) if name in each["files"]]
        pieces = {name: decrypt._deciphered(io.BytesIO(each["files"][name]), next(ciphers), name) for name in names}
        return {name.removesuffix(".enc"): b"".join(found) for name, found in pieces.items()}


def _cells(root: etree._Element) -> list[str]:
    village, place, *others = _texts(root, "village", "place", "photo", "g/{*}needs", "meta/{*}audit", "meta/{*}instanceID")
    return [village, *[*place.split(), "", "", "", ""][:4], *others]


def _texts(node: etree._Element, *names: str) -> list[str]:
    return [node.findtext(f"{{*}}{name}") or "" for name in names]


def _csv(rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def page_of(rows: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    """One page of OData; the next page is identified by the last row of this one."""
    after = query.get("$skiptoken")
    start = next((number for number, row in enumerate(rows, 1) if row["__id"] == after), 0)
    end = start + int(query["$top"])
    page: dict[str, Any] = {"value": rows[start:end], "@odata.count": len(rows)}
    if end < len(rows) and end > start:
        page["@odata.nextLink"] = f"http://localhost/v1/elsewhere?$top={query['$top']}&$skiptoken={rows[end - 1]['__id']}"
    return page


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def deliver(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Sends a submission with files to an app user's address: to the real server step by step as ODK Collect."""
    import requests

    def send(address: str, xml: bytes, files: Mapping[str, bytes]) -> None:
        if request.node.callspec.params["central"] == "real":
            with Phone(address) as phone:
                phone.send(xml, files)
            return
        parts = {name: (name, content, "application/octet-stream") for name, content in files.items()}
        whole = {"xml_submission_file": ("submission.xml", xml, "text/xml"), **parts}
        answer = requests.post(f"{address}/submission", files=whole, headers={"X-OpenRosa-Version": "1.0"}, timeout=30)
        assert answer.status_code == 201, answer.text

    return send


@pytest.fixture
def submit(deliver: Callable[..., None]) -> Callable[..., str]:
    """Sends an interview as this app user's phone; returns its instance ID."""

    def send(address: str, village: str, *, files: dict[str, bytes] | None = None, edits: str = "", instance: str = "") -> str:
        instance = instance or f"uuid:{uuid.uuid4()}"
        deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
        xml = (
            f'<data id="visit" version="1"><village>{village}</village><place>30.1 120.2 5.0 4.5</place><photo>house.jpg</photo>'
            f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></data>"
        )
        deliver(address, xml.encode(), files or {})
        return instance

    return send
