"""Shared by `publish` and `serve`: checks a form before publishing, and saves QR codes as pictures."""

from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.cli.progress import working
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.openrosa import QrCode

NOT_SOUND = Sentence(
    zh="{file} 有错误，没有发布。请先运行 `liuwen check {file}`。",
    en="{file} has errors and was not published. Run `liuwen check {file}` first.",
)
CHECKING = Sentence(zh="检查 {file}", en="Checking {file}")


def sound_form(file: Path) -> "Form | None":
    """The form in `file`, or None if it has errors."""
    from liuwen.checks import check
    from liuwen.form import read_form

    form = read_form(file)
    with working(CHECKING.filled(file=file.name)):
        report = check(form)
    return form if report.ok else None


def write_code(code: "QrCode", name: str, folder: Path) -> Path:
    """Save a QR code as a picture in `folder`, named after its user."""
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name)
    return code.write(folder / f"{safe}.png")
