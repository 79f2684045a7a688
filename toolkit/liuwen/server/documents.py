"""The XML documents of the OpenRosa protocol, as ODK Collect reads them."""

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from liuwen.store.forms import Medium, PublishedForm

ACCEPT_LENGTH = 100_000_000
"""Size of a POST in bytes above which phones should split attachments over several requests."""

HEADERS = {
    "X-OpenRosa-Version": "1.0",
    "X-OpenRosa-Accept-Content-Length": str(ACCEPT_LENGTH),
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
"""Headers of every OpenRosa response; the last one stops browsers from running scripts in XML and pictures."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def form_list(forms: Iterable[PublishedForm], base: str) -> str:
    """The formList: the available forms, each with the MD5 of its exact bytes; `base` is the collector's address."""
    entries = "".join(_xform(form, f"{base}/forms/{form.number}") for form in forms)
    return f'{_XML}<xforms xmlns="http://openrosa.org/xforms/xformsList">{entries}</xforms>'


def _xform(form: PublishedForm, address: str) -> str:
    manifest = f"<manifestUrl>{escape(address)}/manifest</manifestUrl>" if form.media else ""
    return (
        f"<xform><formID>{escape(form.form_id)}</formID><name>{escape(form.title)}</name>"
        f"<version>{escape(form.version)}</version><hash>md5:{form.md5}</hash>"
        f"<downloadUrl>{escape(address)}.xml</downloadUrl>{manifest}</xform>"
    )


def manifest(form: PublishedForm, base: str, list_hashes: dict[str, str]) -> str:
    """The manifest of a form's files and entity lists; `list_hashes` returns the current hash of a list."""
    files = "".join(_media_file(medium, base, form.number, list_hashes) for medium in form.media)
    return f'{_XML}<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{files}</manifest>'


def _media_file(medium: Medium, base: str, number: int, list_hashes: dict[str, str]) -> str:
    address = f"{base}/forms/{number}/media/{quote(medium.name, safe='')}"
    kind = integrity_url = ""
    md5 = medium.md5
    if medium.entity_list is not None:
        kind = ' type="entityList"'
        md5 = list_hashes[medium.entity_list]
        integrity_url = f"<integrityUrl>{escape(base)}/entities/{quote(medium.entity_list, safe='')}/integrity</integrityUrl>"
    return (
        f"<mediaFile{kind}><filename>{escape(medium.name)}</filename><hash>md5:{md5}</hash>"
        f"<downloadUrl>{escape(address)}</downloadUrl>{integrity_url}</mediaFile>"
    )


def integrity(states: Iterable[tuple[str, bool]]) -> str:
    """Which of the requested entities are deleted."""
    entities = "".join(
        f"<entity id={quoteattr(uuid)}><deleted>{str(deleted).lower()}</deleted></entity>" for uuid, deleted in states
    )
    return f"{_XML}<data><entities>{entities}</entities></data>"


def message(text: str, *, is_error: bool = False) -> str:
    """The response to a submission, or to a refused request."""
    nature = "error" if is_error else "submit_success"
    return (
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response" items="0">'
        f'<message nature="{nature}">{escape(text)}</message></OpenRosaResponse>'
    )
