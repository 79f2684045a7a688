"""Prints a collector's code as a page to take along (typst PDF, A5)."""

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.openrosa.settings_qr import QrCode
    from liuwen.server import Joining

PURPOSE = Sentence(zh="采集员的码 · 六问入户", en="Code of a collector")
ON_WIFI = Sentence(zh="手机连上 Wi-Fi：{wifi}", en="Connect the phone to the Wi-Fi: {wifi}")
ON_SAME = Sentence(zh="手机连上与收答卷的电脑相同的 Wi-Fi", en="Connect the phone to the same Wi-Fi as the collecting computer")
STEPS = (
    Sentence(
        zh="打开 ODK Collect，点右上角的项目图标，再点“添加项目”",
        en='Open ODK Collect, tap the project icon at the top right, then "Add project"',
    ),
    Sentence(zh="扫上面的码；扫不了，就手动输入下面的地址", en="Scan the code above, or enter the address below by hand"),
    Sentence(
        zh="点“填写新表单”就能填；没有网也能填，回来连上 Wi-Fi 再发",
        en='Tap "Start new form". It works without a network; send when back on the Wi-Fi',
    ),
)
INSTALL_ROOT = Sentence(
    zh="第一次用：扫右边的小码，装上根证书（浏览器会提醒一次，继续）",
    en="The first time: scan the small code and install the root certificate (the browser warns once; go on)",
)
ROOT = Sentence(zh="根证书", en="Root certificate")
UNTIL = Sentence(zh="有效期到 {day}。", en="Valid until {day}.")
NO_END = Sentence(zh="一直有效，直到停用。", en="Valid until it is revoked.")
WARNING = Sentence(
    zh="谁拿到这个码，都能以您的名义交答卷：不要转给别人，丢了马上告诉负责人。",
    en="Whoever has this code can send answers in your name: do not pass it on, and report it at once if it is lost.",
)
_NOT_NAME = re.compile(r"[^\w.-]+")


def write_sheet(joining: "Joining", folder: Path, *, wifi: str, until: str, root: "QrCode | None" = None) -> Path:
    """Write the page of one code, with that of the server's `root` certificate where phones need it; returns its path."""
    from liuwen.printing import printed

    language = language_in_force()
    steps = (ON_WIFI.filled(wifi=wifi) if wifi else ON_SAME, *([INSTALL_ROOT] if root else []), *STEPS)
    told = {
        "name": joining.name,
        "purpose": PURPOSE.in_language(language),
        "qr": joining.qr.svg(),
        "steps": [step.in_language(language) for step in steps],
        "root": root.svg() if root else "",
        "root_is": ROOT.in_language(language),
        "address": joining.address,
        "until": (UNTIL.filled(day=until) if until else NO_END).in_language(language),
        "warning": WARNING.in_language(language),
    }
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{_NOT_NAME.sub('_', joining.name)}.pdf"
    file.touch(mode=0o600)
    file.write_bytes(printed(files("liuwen.office").joinpath("join_sheet.typ").read_bytes(), told, language))
    return file
