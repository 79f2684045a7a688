"""ODK Central, twice: a local server that answers in its shapes, and, where CENTRAL_URL says so, the real one."""

import json
import os
import re
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, ClassVar

import pytest

from liuwen.collect.sources import Central

JSON = "application/json"
Answer = tuple[int, str, Any]
Found = re.Match[str]
SERVERS = ["recorded", "real"] if os.environ.get("CENTRAL_URL") else ["recorded"]
"""The same tests hold for both: what the local server gets wrong, the real one shows."""


@pytest.fixture(params=SERVERS)
def central(request: pytest.FixtureRequest, http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Central:
    """An empty project of its own."""
    if request.param == "recorded":
        monkeypatch.setenv("CENTRAL_URL", http_server(CentralServer().answer))
        monkeypatch.setenv("CENTRAL_EMAIL", "town@example.org")
        monkeypatch.setenv("CENTRAL_PASSWORD", "a long password")
    made = Central().send("POST", "projects", server_wide=True, json={"name": f"湖滨镇 {secrets.token_hex(4)}"}).json()
    return Central(project=made["id"])


@dataclass
class Draft:
    """A form's definition, with what became of each file it names."""

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


@dataclass
class CentralServer:
    """What ODK Central v2026.2 answers to the requests that the client makes."""

    projects: list[Project] = field(default_factory=list)
    audits: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        if path == "/v1/sessions":
            known = json.loads(body) == {"email": "town@example.org", "password": "a long password"}
            return (
                (200, JSON, {"token": "session"}) if known else (401, JSON, {"message": "Could not authenticate.", "code": 401.2})
            )
        if found := re.fullmatch(r"/v1/key/([^/]+)/projects/(\d+)/submission", path):
            return self._submit(self.projects[int(found[2]) - 1], found[1], headers, body)
        if headers["Authorization"] != "Bearer session":
            return 401, JSON, {"message": "Could not authenticate."}
        for asked, give in self._routes.items():
            if found := re.fullmatch(asked, f"{method} {path.removeprefix('/v1/')}"):
                project = self.projects[int(found["p"]) - 1] if "p" in found.groupdict() else None
                return give(self, project, found, query, body)
        return 404, JSON, {"message": "Not here.", "code": 404.1}

    # -- projects and forms

    def _add_project(self, _: None, __: Found, ___: dict[str, str], body: bytes) -> Answer:
        self.projects.append(Project(json.loads(body)["name"]))
        return 200, JSON, {"id": len(self.projects)}

    def _project(self, project: Project, *_: object) -> Answer:
        return 200, JSON, {"name": project.name}

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
        project.drafts[form_id] = Draft(xml, dict.fromkeys(names))
        return 200, JSON, {"xmlFormId": form_id}

    def _draft_files(self, project: Project, found: Found, *_: object) -> Answer:
        files = project.drafts[found["f"]].files
        rows = [
            {"name": name, "exists": content is not None, "datasetExists": name.removesuffix(".csv") in project.lists}
            for name, content in files.items()
        ]
        return 200, JSON, rows

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

    # -- collecting

    def _add_app_user(self, project: Project, _: Found, __: dict[str, str], body: bytes) -> Answer:
        made = {"id": len(project.app_users) + 7, "displayName": json.loads(body)["displayName"], "token": secrets.token_hex(32)}
        project.app_users.append(made)
        return 200, JSON, made

    def _app_users(self, project: Project, *_: object) -> Answer:
        return 200, JSON, project.app_users

    def _done(self, *_: object) -> Answer:
        return 200, JSON, {"success": True}

    def _submit(self, project: Project, token: str, headers: Any, body: bytes) -> Answer:
        if token not in {user["token"] for user in project.app_users}:
            return 403, "text/xml", b"<OpenRosaResponse/>"
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body)
        parts = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_parts()}  # type: ignore[attr-defined]
        xml = parts.pop("submission.xml").decode()
        instance, replaced = (re.findall(rf"<{name}>([^<]*)", xml) for name in ("instanceID", "deprecatedID"))
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
        expected = re.findall(r"<photo>([^<]+)", each["xml"])
        told = {
            "submissionDate": each["came"],
            "updatedAt": each["changed"],
            "edits": each["edits"],
            "reviewState": each["review"],
        }
        return {"__id": key, "__system": {**told, "attachmentsPresent": len(each["files"]), "attachmentsExpected": len(expected)}}

    def _submission_xml(self, project: Project, found: Found, *_: object) -> Answer:
        return 200, "application/xml", project.submissions[found["f"]][found["s"]]["xml"].encode()

    def _files(self, project: Project, found: Found, *_: object) -> Answer:
        each = project.submissions[found["f"]][found["s"]]
        return 200, JSON, [{"name": name, "exists": name in each["files"]} for name in re.findall(r"<photo>([^<]+)", each["xml"])]

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
        rows = [
            {
                "__id": key,
                **{name: value for name, value in each.items() if name not in {"version", "created", "updated"}},
                "__system": {
                    "version": each["version"],
                    "conflict": None,
                    "createdAt": each["created"],
                    "updatedAt": each["updated"],
                },
            }
            for key, each in reversed(project.lists[found["d"]]["entities"].items())
        ]
        return 200, JSON, page_of(rows, query)

    def _audits(self, *_: object) -> Answer:
        return 200, JSON, list(reversed(self.audits))

    _p = r"projects/(?P<p>\d+)"
    _f = _p + r"/forms/(?P<f>[^/.]+)"
    _s = _f + r"/submissions/(?P<s>[^/]+)"
    _d = _p + r"/datasets/(?P<d>[^/.]+)"
    _routes: ClassVar[dict[str, Callable[..., Answer]]] = {
        "POST projects": _add_project,
        f"GET {_p}": _project,
        f"GET {_p}/forms": _forms,
        f"POST {_p}/forms": _draft,
        f"POST {_f}/draft": _draft,
        f"GET {_f}/draft/attachments": _draft_files,
        rf"POST {_f}/draft/attachments/(?P<n>.+)": _draft_file,
        f"GET {_f}/versions": _versions,
        f"POST {_f}/draft/publish": _publish,
        rf"GET {_f}\.xml": _form_xml,
        f"POST {_p}/app-users": _add_app_user,
        f"GET {_p}/app-users": _app_users,
        rf"POST {_f}/assignments/app-user/\d+": _done,
        rf"GET {_f}\.svc/Submissions": _odata,
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
        "GET audits": _audits,
    }


def page_of(rows: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    """One page as OData gives it: the next one is named by the last row of this one."""
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
def submit() -> Callable[..., str]:
    """Send a visit as a phone of this app user does; gives its instance ID."""
    import requests

    def send(address: str, village: str, *, files: dict[str, bytes] | None = None, edits: str = "", instance: str = "") -> str:
        instance = instance or f"uuid:{uuid.uuid4()}"
        deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
        xml = (
            f'<data id="visit" version="1"><village>{village}</village><place>30.1 120.2 5.0 4.5</place><photo>house.jpg</photo>'
            f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></data>"
        )
        parts = {name: (name, content, "image/jpeg") for name, content in (files or {}).items()}
        whole = {"xml_submission_file": ("submission.xml", xml.encode(), "text/xml"), **parts}
        answer = requests.post(f"{address}/submission", files=whole, headers={"X-OpenRosa-Version": "1.0"}, timeout=30)
        assert answer.status_code == 201, answer.text
        return instance

    return send
