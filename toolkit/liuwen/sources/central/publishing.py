"""Publishes forms on ODK Central: creates a draft, uploads its files, and publishes only if none is missing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.openrosa.publishing import Prepared, prepare
from liuwen.responses.versions import plain_version
from liuwen.sources.central.addresses import quoted
from liuwen.sources.form_files import refuse_missing
from liuwen.sources.replies import read_reply
from liuwen.sources.source import RemoteForm

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.sources.central.client import Central

_NOT_LISTED = Sentence(
    zh="{server} 发布了表单 {form}，却没有列出它。请在服务器上看看。",
    en="{server} published the form {form} but does not list it. Look at it on the server.",
)
_SAME_VERSION = Sentence(
    zh="服务器上已经发布过 {form} 的版本“{version}”；请换一个版本号再发布。",
    en='Version "{version}" of {form} is already published; change the version and publish again.',
)


def publish(central: "Central", form: "Form", media: Mapping[str, bytes], key: str | bytes | None = None) -> RemoteForm:
    """Publish `form` with its files and `media`, as a new form or a new version.

    Entity lists of the project need no file, and take precedence over files beside the form. Raises `SourceError` if a file is
    missing or the version is already published; the published form is not changed then.
    """
    prepared = prepare(form, media, key)
    place = f"forms/{quoted(form.id)}"
    _start_draft(central, form.id, place, prepared.xml)
    _fill(central, form.id, f"{place}/draft/attachments", prepared)
    _publish_draft(central, form, place)
    now = next((each for each in central.forms() if each.form_id == form.id), None)
    if now is None:
        raise SourceError(_NOT_LISTED.filled(server=central.name, form=form.id))
    return now


def _start_draft(central: "Central", form_id: str, place: str, xml: bytes) -> None:
    is_there = any(each["xmlFormId"].text() == form_id for each in read_reply(central.get("forms"), central.url).rows())
    where, params = (f"{place}/draft", {}) if is_there else ("forms", {"publish": "false"})
    params |= {"ignoreWarnings": "true"}
    central.send("POST", where, params=params, data=xml, headers={"Content-Type": "application/xml"})


def _fill(central: "Central", form_id: str, place: str, prepared: Prepared) -> None:
    wanted = read_reply(central.get(place), central.url).rows()
    lists = {each["name"].text() for each in wanted if each.get("datasetExists").value}
    files = prepared.files_for(lists)
    for name in (name for each in wanted if (name := each["name"].text()) in files):
        headers = {"Content-Type": "application/octet-stream"}
        central.send("POST", f"{place}/{quoted(name)}", data=files[name], headers=headers)
    prepared.tell_of(lists)
    there = read_reply(central.get(place), central.url).rows()
    refuse_missing(
        form_id, [each["name"].text() for each in there if not (each["exists"].value or each.get("datasetExists").value)]
    )


def _publish_draft(central: "Central", form: "Form", place: str) -> None:
    listed = read_reply(central.get(f"{place}/versions"), central.url).rows()
    versions = {plain_version(each["version"].text("")) for each in listed}
    if plain_version(form.version) in versions:
        raise SourceError(_SAME_VERSION.filled(form=form.id, version=form.version))
    central.send("POST", f"{place}/draft/publish")
