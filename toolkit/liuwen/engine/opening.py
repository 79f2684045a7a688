"""What an interview starts from: the XML of its form, the files beside it, the time on the phone's clock."""

import os
from datetime import date, datetime
from pathlib import Path

from liuwen.errors import ReadError
from liuwen.form.model import Form
from liuwen.form.reading import read_form
from liuwen.messages import Sentence

NO_FILE = Sentence(
    zh="没有文件“{path}”，它也不是 XForm 的 XML。",
    en="There is no file '{path}', and it is not the XML of an XForm either.",
)


def xml_of(form: "Form | str | os.PathLike[str]") -> tuple[str, dict[str, bytes]]:
    """The XML of a form, of the file at a path or of a text that is one, and the files beside it by name."""
    if isinstance(form, Form):
        return form.to_xform(), dict(form.media)
    if isinstance(form, str) and _is_xml(form):
        return form, {}
    path = Path(form)
    if not _is_file(path):
        raise ReadError(NO_FILE.filled(path=str(form)[:200]))
    xml = path.read_bytes().decode("utf-8-sig", "replace")
    if "\ufffd" in xml or not _is_xml(xml):
        return xml_of(read_form(path))
    beside = [
        file for file in path.parent.iterdir() if file.is_file() and file.suffix in {".csv", ".xml", ".geojson"} and file != path
    ]
    return xml, {file.name: file.read_bytes() for file in beside}


def _is_xml(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text too long to be a file name
        return False


def moment_of(now: datetime | str | None, today: date | str | None) -> datetime:
    """The time on a phone's clock, with a UTC offset: `now`, on the day `today`; nine o'clock if only the day is given."""
    moment = datetime.fromisoformat(now) if isinstance(now, str) else now
    day = date.fromisoformat(today) if isinstance(today, str) else today
    if moment is None:
        moment = datetime.now().astimezone() if day is None else datetime(day.year, day.month, day.day, 9)
    elif day is not None:
        moment = moment.replace(year=day.year, month=day.month, day=day.day)
    return moment if moment.tzinfo else moment.astimezone()
