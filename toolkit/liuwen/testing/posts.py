"""The requests in which ODK Collect sends a submission and its files."""

import secrets
from collections.abc import Iterator, Mapping

FILES_A_POST = 100
"""The number of files after which the app starts another request."""


def posts(xml: bytes, files: Mapping[str, bytes], at_most: int) -> Iterator[tuple[bytes, str]]:
    """The requests that the app makes for a submission: the XML in each, with as many files as fit."""
    waiting = list(files.items())
    while True:
        boundary = secrets.token_hex(16)
        parts = [_part(boundary, "xml_submission_file", "submission.xml", "text/xml", xml)]
        size, sent = len(xml), 0
        while waiting:
            name, content = waiting.pop(0)
            parts.append(_part(boundary, name, name, "application/octet-stream", content))
            size, sent = size + len(content), sent + 1
            if waiting and (sent > FILES_A_POST or size + len(waiting[0][1]) > at_most):
                parts.append(_part(boundary, "*isIncomplete*", None, None, b"yes"))
                break
        yield b"".join([*parts, f"--{boundary}--\r\n".encode()]), boundary
        if not waiting:
            return


def _part(boundary: str, name: str, file_name: str | None, kind: str | None, content: bytes) -> bytes:
    said = f'form-data; name="{_quoted(name)}"' + (f'; filename="{_quoted(file_name)}"' if file_name is not None else "")
    lines = [f"--{boundary}", f"Content-Disposition: {said}", f"Content-Length: {len(content)}"]
    if kind is not None:
        lines.insert(2, f"Content-Type: {kind}")
    return "\r\n".join([*lines, "", ""]).encode() + content + b"\r\n"


def _quoted(name: str) -> str:
    return name.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")
