"""The QR code that configures ODK Collect: after one scan, the phone knows the server and its collector."""

import base64
import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import ReadError, StoreError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import segno

LONGEST = 2953
"""Maximum length in characters of one QR code; ODK Collect would read 4,000."""

MOST_BYTES = 1_000_000
"""Maximum size of unpacked settings in bytes; a malicious code could unpack to any size."""

NO_SETTINGS = Sentence(zh="这个二维码里没有 ODK Collect 的设置。", en="This QR code does not hold settings of ODK Collect.")
TOO_LONG = Sentence(
    zh="设置太长，装不进二维码（{length} 个字符，至多 {longest}）。",
    en="The settings are too long for a QR code ({length} characters, at most {longest}).",
)


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code; notebooks show it as a picture.

    Attributes:
        text: What it contains.
    """

    text: str

    def terminal(self) -> str:
        """The QR code for a terminal.

        Returns:
            Text that is white on black, on a dark or light terminal; two rows of modules per line.
        """
        stream = io.StringIO()
        self._made().terminal(stream, compact=True, border=4)
        return "\n".join(f"\x1b[97;40m{line}\x1b[0m" for line in stream.getvalue().splitlines())

    def svg(self) -> str:
        """The QR code as a picture.

        Returns:
            SVG.
        """
        stream = io.BytesIO()
        self._made().save(stream, kind="svg", scale=4, border=4, light="white", xmldecl=False)
        return stream.getvalue().decode()

    def write(self, path: str | Path) -> Path:
        """Write the QR code to a file.

        Args:
            path: The file; the ending decides the format: .png, .svg or .pdf.

        Returns:
            The path.
        """
        self._made().save(str(path), scale=8, border=4, light="white")
        return Path(path)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _made(self) -> "segno.QRCode":
        import segno

        return segno.make_qr(self.text, error="l")


def settings_qr(
    address: str,
    *,
    name: str,
    holder: str = "",
    username: str = "",
    password: str = "",
    icon: str = "六",
    color: str = "#1f6f54",
) -> QrCode:
    """The QR code that configures ODK Collect for a server.

    Args:
        address: The address of the server for this collector, such as `http://192.168.1.5:8060/key/…`.
        name: The name of the project on the phone.
        holder: Who holds the phone: what a form's `username` question answers.
        username: The user name for Digest authentication; not needed with a token in the address.
        password: The password for Digest authentication; everybody who sees the QR code can read it.
        icon: One character as the icon of the project.
        color: The color of the project.

    Returns:
        The QR code.

    Raises:
        StoreError: If the settings are too long for a QR code.

    Example:
        >>> read_settings(settings_qr("http://127.0.0.1:8060/key/abc", name="湖滨镇").text)["project"]["name"]
        '湖滨镇'
    """
    general: dict[str, object] = {"server_url": address, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"}
    if holder:
        general["metadata_username"] = holder
    if username:
        general |= {"username": username, "password": password}
    settings = {"general": general, "admin": {}, "project": {"name": name, "icon": icon, "color": color}}
    packed = zlib.compress(json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    text = base64.b64encode(packed).decode()
    if len(text) > LONGEST:
        raise StoreError(TOO_LONG.filled(length=len(text), longest=LONGEST))
    return QrCode(text)


def read_settings(text: str) -> dict[str, dict[str, object]]:
    """The settings in the text of a QR code; raises `ReadError` if there are none."""
    try:
        settings = json.loads(zlib.decompressobj().decompress(base64.b64decode(text), MOST_BYTES))
    except (ValueError, zlib.error, RecursionError) as fault:
        raise ReadError(NO_SETTINGS) from fault
    if not isinstance(settings, dict) or not all(isinstance(part, dict) for part in settings.values()):
        raise ReadError(NO_SETTINGS)
    return settings
