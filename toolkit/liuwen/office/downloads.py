"""Downloads of the answers to a form, by the writers of `Responses`; each is logged."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from liuwen.messages import Sentence
from liuwen.office.rendering import shown
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest
    from liuwen.responses import Responses

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="下载", en="Downloads"),
    "form": Sentence(zh="问卷", en="Form"),
    "format": Sentence(zh="格式", en="Format"),
    "download": Sentence(zh="下载", en="Download"),
    "about": Sentence(
        zh="下载的文件里有姓名和电话：存在加密的磁盘上，用完删掉。匿名问卷只有汇总，不能下载。",
        en="The files hold names and telephones: keep them on an encrypted disk, and delete them after use. Anonymous forms have "
        "figures only and cannot be downloaded.",
    ),
    "none": Sentence(zh="没有可以下载的问卷。", en="There is no form to download."),
    "xlsx": Sentence(zh="Excel（.xlsx，用文字）", en="Excel (.xlsx, with labels)"),
    "dta": Sentence(zh="Stata（.dta）", en="Stata (.dta)"),
    "sav": Sentence(zh="SPSS（.sav）", en="SPSS (.sav)"),
    "csv": Sentence(zh="CSV（zip，按 ODK Central 的布局）", en="CSV (a zip, laid out as by ODK Central)"),
    "geojson": Sentence(zh="GeoJSON（位置到约 1 公里）", en="GeoJSON (positions to about 1 km)"),
}
ENCRYPTED = Sentence(
    zh="这份问卷在手机上加密：下载要用私钥，请用命令 liuwen load --key。",
    en="This form is encrypted on the phone: reading it needs the private key, with the command liuwen load --key.",
)
BAD_FORMAT = Sentence(zh="没有这种格式：{format}", en="There is no such format: {format}")
EMPTY = Sentence(zh="这份问卷还没有答卷。", en="There are no answers to this form yet.")

Write = Callable[["Responses", Path, str], Path]

FORMATS: Mapping[str, Write] = {
    "xlsx": lambda responses, folder, language: responses.to_excel(folder / "answers.xlsx", language),
    "dta": lambda responses, folder, language: responses.to_stata(folder / "answers.dta", language),
    "sav": lambda responses, folder, language: responses.to_spss(folder / "answers.sav", language),
    "csv": lambda responses, folder, _: responses.to_csv(folder / "answers.zip", excel=True),
    "geojson": lambda responses, folder, _: responses.to_geojson(folder / "answers.geojson"),
}
"""The formats and their writers."""


def downloads(asked: "OfficeRequest") -> Response:
    """The page with a button for each form and format."""
    forms = [form for form in asked.office.forms_with_answers(asked) if not form.encrypted]
    return shown("downloads.html", asked, "/downloads", WORDS, forms=forms, formats=list(FORMATS))


def download(asked: "OfficeRequest") -> Response:
    """One file; several (repeats in Stata and SPSS) come as a zip."""
    form = asked.office.require_answers(asked, asked.field("form"))
    kind = asked.field("format")
    if kind not in FORMATS:
        raise RefusedError(400, BAD_FORMAT.filled(format=kind))
    if form.encrypted:
        raise RefusedError(400, ENCRYPTED)
    responses = asked.office.answers.of(form.form_id)
    if not len(responses):
        raise RefusedError(400, EMPTY)
    asked.office.store.office.note("answers downloaded", form.form_id, f"{kind}, {len(responses)}")
    return sent_from(lambda folder: FORMATS[kind](responses, folder, asked.language), form.form_id)


def sent_from(write: Callable[[Path], Path], name: str) -> Response:
    """A file that `write` makes in a folder of its own, which is deleted once the file is sent; several come as a zip."""
    folder = Path(tempfile.mkdtemp(prefix="liuwen-download-"))
    try:
        made = _one_file(write(_inside(folder)), folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name) + made.suffix
    tidy: Any = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(made, filename=name, background=tidy)


def _inside(folder: Path) -> Path:
    made = folder / "files"
    made.mkdir()
    return made


def _one_file(made: Path, folder: Path) -> Path:
    files = list(made.parent.iterdir())
    return files[0] if len(files) == 1 else Path(shutil.make_archive(str(folder / "answers"), "zip", made.parent))
