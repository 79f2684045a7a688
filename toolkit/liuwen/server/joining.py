"""Instructions for joining: an address, its QR code, and the steps on the phone."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from liuwen.messages import Sentence
from liuwen.openrosa.settings_qr import QrCode, settings_qr
from liuwen.server.serving import serves_own_root

HOW_TO_JOIN = Sentence(
    zh="1. 手机连上与本机相同的 Wi-Fi。\n2. 打开 ODK Collect，点右上角的项目图标，再点“添加项目”。\n3. "
    "扫描上面的二维码；或点“手动输入”，把地址填为：\n   {address}\n4. 点“填写新表单”，表单会自动下载。\n"
    "没有 ODK Collect，就在浏览器里打开这个地址（要一直连着 Wi-Fi）。",
    en="1. Connect the phone to the same Wi-Fi as this computer.\n2. Open ODK Collect, tap the project icon "
    'at the top right, then "Add project".\n3. Scan the QR code above; or tap "Manually enter project '
    'details" and enter the URL:\n   {address}\n4. Tap "Start new form"; the forms are downloaded '
    "automatically.\nWithout ODK Collect, open this address in a browser (the device must stay connected "
    "to the Wi-Fi).",
)
HOW_TO_FILL = Sentence(
    zh="连上与本机相同的 Wi-Fi，用手机相机扫上面的二维码，或在浏览器里打开：\n   {address}",
    en="On the same Wi-Fi as this computer, scan the QR code above with the phone's camera, or open in a browser:\n   {address}",
)


def join_at(server: str, token: str, name: str, *, holder: str = "") -> "Joining":
    """How a collector joins: `server` is the server's address, `holder` who will hold the phone."""
    address = f"{server}/key/{token}"
    return Joining(name, address, settings_qr(address, name=name, holder=holder), HOW_TO_JOIN.filled(address=address))


def link_at(server: str, token: str, name: str) -> "Joining":
    """How anybody opens a link."""
    address = f"{server}/key/{token}"
    return Joining(name, address, QrCode(address), HOW_TO_FILL.filled(address=address))


def root_at(server: str, store: Path) -> QrCode | None:
    """The code with which a phone fetches the root of the store's own authority; None if another vouches for it."""
    if not serves_own_root(store):
        return None
    origin = urlsplit(server)
    return QrCode(f"{origin.scheme}://{origin.netloc}/authority.crt")


@dataclass(frozen=True, slots=True)
class Joining:
    """The address, QR code and instructions for a phone or browser.

    Attributes:
        name: The name of the collector or link.
        address: The address.
        qr: The QR code of the address, or of the settings for ODK Collect.
        steps: What to do on the phone.
    """

    name: str
    address: str
    qr: QrCode
    steps: Sentence

    def __str__(self) -> str:
        return f"{self.qr.terminal()}\n\n{self.steps}"

    def _repr_html_(self) -> str:
        steps = f'<p style="white-space:pre-line;overflow-wrap:anywhere;line-height:1.7">{escape(str(self.steps))}</p>'
        return f'<div style="max-width:26rem"><strong>{escape(self.name)}</strong><br>{self.qr.svg()}{steps}</div>'
