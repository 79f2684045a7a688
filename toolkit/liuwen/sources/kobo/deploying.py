"""Deploys forms on KoboToolbox: imports the workbook, uploads files, deploys."""

import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.sources.source import RemoteForm

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.sources.kobo.client import Kobo

PATIENCE = 120
_REFUSED = Sentence(
    zh="{server} 没有收下表单 {form}：{said}",
    en="{server} refused the form {form}: {said}",
)
_SLOW = Sentence(
    zh="{server} 两分钟还没有读完表单 {form}，请稍后再试。",
    en="{server} did not finish reading the form {form} within two minutes; try again later.",
)


def deploy(kobo: "Kobo", form: "Form", uid: str | None, media: Mapping[str, bytes]) -> RemoteForm:
    """Deploy `form` with its files, as a new asset or as a new version of the asset `uid`.

    A new asset that Kobo will not deploy is taken back, so that trying again leaves no half-made copies on the server.
    """
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
    asset = kobo.send("GET", f"assets/{uid}/").json()
    method, body = "POST", {"active": True}
    if asset["has_deployment"]:
        method, body = "PATCH", {"active": True, "version_id": asset["version_id"]}
    kobo.send(method, f"assets/{uid}/deployment/", json=body)
    return RemoteForm(uid, asset["name"], asset["version_id"], asset["deployment__submission_count"] or 0)


def _import(kobo: "Kobo", form: "Form", uid: str | None) -> str:
    body = {"name": form.title, "library": "false", **({"destination": f"{kobo.url}/api/v2/assets/{uid}/"} if uid else {})}
    files = {"file": (f"{form.id}.xlsx", _workbook(form))}
    task = kobo.send("POST", "imports/", data=body, files=files).json()
    done = _wait_for(kobo, task["uid"], form.id)
    return str(done["messages"]["updated" if uid else "created"][0]["uid"])


def _wait_for(kobo: "Kobo", task: str, form_id: str) -> dict[str, Any]:
    """Wait for the import, because Kobo reads workbooks in the background."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state: dict[str, Any] = kobo.send("GET", f"imports/{task}/").json()
        if state["status"] == "complete":
            return state
        if state["status"] == "error":
            said = state.get("messages", {}).get("error", "")
            raise SourceError(_REFUSED.filled(server=kobo.url, form=form_id, said=said))
        time.sleep(0.3)
    raise SourceError(_SLOW.filled(server=kobo.url, form=form_id))


def _replace_files(kobo: "Kobo", uid: str, media: Mapping[str, bytes]) -> None:
    """Upload the files of an asset; existing ones of equal name are deleted first, because Kobo refuses duplicates."""
    there = {row["metadata"]["filename"]: row["uid"] for row in kobo.pages(f"assets/{uid}/files/", {"file_type": "form_media"})}
    for name, content in media.items():
        if name in there:
            kobo.send("DELETE", f"assets/{uid}/files/{there[name]}/")
        body = {"file_type": "form_media", "description": "default", "metadata": json.dumps({"filename": name})}
        kobo.send("POST", f"assets/{uid}/files/", data=body, files={"content": (name, content)})


def _workbook(form: "Form") -> bytes:
    with tempfile.TemporaryDirectory(prefix="liuwen-kobo-") as folder:
        return form.write(Path(folder, f"{form.id}.xlsx")).read_bytes()
