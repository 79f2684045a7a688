"""Publishes forms on ODK Central: creates a draft, uploads its files, and publishes only if none is missing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.openrosa.publishing import Prepared, prepare
from liuwen.responses.versions import plain_version
from liuwen.sources.central.addresses import quoted
from liuwen.sources.source import RemoteForm

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.sources.central.client import Central

_MISSING = Sentence(
    zh="{form} 还缺这些文件，没有发布：{names}。请放进 media。",
    en="{form} was not published, because files are missing: {names}. Pass them as media.",
)
_SAME_VERSION = Sentence(
    zh="服务器上已经发布过 {form} 的版本“{version}”；请换一个版本号再发布。",
    en='Version "{version}" of {form} is already published; change the version and publish again.',
)


def publish(central: "Central", form: "Form", media: Mapping[str, bytes], key: str | bytes | None = None) -> RemoteForm:
    """Publish `form` with its files and `media`, as a new form or a new version.

    Lists that an entity list of the project fills need no file, and go before one that lies beside the form. Raises
    `SourceError` where a file is missing or the version was published before; what is published stays as it was.
    """
    prepared = prepare(form, media, key)
    place = f"forms/{quoted(form.id)}"
    _start_draft(central, form.id, place, prepared.xml)
    _fill(central, form.id, f"{place}/draft/attachments", prepared)
    _publish_draft(central, form, place)
    now = next(each for each in central.forms() if each.form_id == form.id)
    return now


def _start_draft(central: "Central", form_id: str, place: str, xml: bytes) -> None:
    is_there = any(each["xmlFormId"] == form_id for each in central.get("forms").json())
    where, params = (f"{place}/draft", {}) if is_there else ("forms", {"publish": "false"})
    params |= {"ignoreWarnings": "true"}
    central.send("POST", where, params=params, data=xml, headers={"Content-Type": "application/xml"})


def _fill(central: "Central", form_id: str, place: str, prepared: Prepared) -> None:
    wanted = central.get(place).json()
    lists = {each["name"] for each in wanted if each.get("datasetExists")}
    files = prepared.files_for(lists)
    for name in (each["name"] for each in wanted if each["name"] in files):
        headers = {"Content-Type": "application/octet-stream"}
        central.send("POST", f"{place}/{quoted(name)}", data=files[name], headers=headers)
    prepared.tell_of(lists)
    missing = [each["name"] for each in central.get(place).json() if not (each["exists"] or each.get("datasetExists"))]
    if missing:
        raise SourceError(_MISSING.filled(form=form_id, names=", ".join(missing)))


def _publish_draft(central: "Central", form: "Form", place: str) -> None:
    versions = {plain_version(each["version"]) for each in central.get(f"{place}/versions").json()}
    if plain_version(form.version) in versions:
        raise SourceError(_SAME_VERSION.filled(form=form.id, version=form.version))
    central.send("POST", f"{place}/draft/publish")
