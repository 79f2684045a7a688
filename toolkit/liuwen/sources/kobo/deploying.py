"""Deploys forms on KoboToolbox: imports the workbook, uploads files, deploys."""

import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.openrosa.publishing import prepare
from liuwen.sources.form_files import refuse_missing
from liuwen.sources.replies import Reply, read_reply
from liuwen.sources.source import RemoteForm

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.sources.kobo.client import Kobo

PATIENCE = 120
_REFUSED = Sentence(
    zh="{server} 拒绝了表单 {form}：{said}",
    en="{server} refused the form {form}: {said}",
)
_SLOW = Sentence(
    zh="{server} 两分钟内没有处理完表单 {form}，请稍后再试。",
    en="{server} did not finish reading the form {form} within two minutes; try again later.",
)


def deploy(kobo: "Kobo", form: "Form", uid: str | None, media: Mapping[str, bytes]) -> RemoteForm:
    """Deploy `form` with its files, as a new asset or as a new version of the asset `uid`.

    The form is prepared and its files are checked as for a store, before anything is sent. A new asset that Kobo does not
    deploy is deleted, so that trying again leaves no incomplete copies on the server.
    """
    prepared = prepare(form, media, None)
    missing = [name for name in prepared.declared.media if name not in prepared.media]
    refuse_missing(form.id, [name for name in missing if name not in _names_there(kobo, uid)] if missing and uid else missing)
    there = _import(kobo, form, uid)
    try:
        _replace_files(kobo, there, {**form.media, **media})
        return _deploy(kobo, there)
    except SourceError:
        if uid is None:
            with suppress(SourceError):
                kobo.send("DELETE", f"assets/{there}/")
        raise


def _deploy(kobo: "Kobo", uid: str) -> RemoteForm:
    asset = read_reply(kobo.send("GET", f"assets/{uid}/"), kobo.url)
    version = asset["version_id"].text()
    deployed = RemoteForm(uid, asset["name"].text(""), version, asset["deployment__submission_count"].whole(0))
    method: str = "POST"
    body: dict[str, object] = {"active": True}
    if asset["has_deployment"].value:
        method, body = "PATCH", {"active": True, "version_id": version}
    kobo.send(method, f"assets/{uid}/deployment/", json=body)
    return deployed


def _import(kobo: "Kobo", form: "Form", uid: str | None) -> str:
    body = {"name": form.title, "library": "false", **({"destination": f"{kobo.url}/api/v2/assets/{uid}/"} if uid else {})}
    files = {"file": (f"{form.id}.xlsx", _workbook(form))}
    task = read_reply(kobo.send("POST", "imports/", data=body, files=files), kobo.url)
    done = _wait_for(kobo, task["uid"].text(), form.id)
    made = next((asset["uid"].text() for asset in done["messages"]["updated" if uid else "created"].rows()), None)
    if made is None:
        raise SourceError(_REFUSED.filled(server=kobo.url, form=form.id, said=done["messages"].value))
    return made


def _wait_for(kobo: "Kobo", task: str, form_id: str) -> Reply:
    """Wait for the import, because Kobo reads workbooks in the background."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state = read_reply(kobo.send("GET", f"imports/{task}/"), kobo.url)
        status = state["status"].text()
        if status == "complete":
            return state
        if status == "error":
            said = state.get("messages").fields({}).get("error", "")
            raise SourceError(_REFUSED.filled(server=kobo.url, form=form_id, said=said))
        time.sleep(0.3)
    raise SourceError(_SLOW.filled(server=kobo.url, form=form_id))


def _replace_files(kobo: "Kobo", uid: str, media: Mapping[str, bytes]) -> None:
    """Upload the files of an asset; existing ones of equal name are deleted first, because Kobo refuses duplicates."""
    there = _files_there(kobo, uid)
    for name, content in media.items():
        if name in there:
            kobo.send("DELETE", f"assets/{uid}/files/{there[name]}/")
        body = {"file_type": "form_media", "description": "default", "metadata": json.dumps({"filename": name})}
        kobo.send("POST", f"assets/{uid}/files/", data=body, files={"content": (name, content)})


def _files_there(kobo: "Kobo", uid: str) -> dict[str, str]:
    """File name → uid of the files of an asset."""
    path = f"assets/{uid}/files/"
    rows = (Reply(row, kobo.url, path) for row in kobo.pages(path, {"file_type": "form_media"}))
    return {row["metadata"]["filename"].text(): row["uid"].text() for row in rows}


def _names_there(kobo: "Kobo", uid: str) -> set[str]:
    """Names of the files of an asset, and of the tables that Kobo fills from other projects."""
    path = f"assets/{uid}/paired-data/"
    return {*_files_there(kobo, uid), *(Reply(row, kobo.url, path)["filename"].text() for row in kobo.pages(path, {}))}


def _workbook(form: "Form") -> bytes:
    with tempfile.TemporaryDirectory(prefix="liuwen-kobo-") as folder:
        return form.write(Path(folder, "form.xlsx")).read_bytes()
