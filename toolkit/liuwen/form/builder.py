"""The builder: a questionnaire is written as it is read, question by question, in every language at once.

>>> from liuwen.form import builder as b
>>> yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
>>> form = b.build_form(
...     "roads",
...     zh="道路",
...     en="Roads",
...     version="2026112101",
...     items=[
...         b.select_one("paved", yes_no, zh="村里的路硬化了吗？", en="Is the village road paved?", required=True),
...         b.text("where", zh="哪一段没有硬化？", en="Which stretch is not?", relevant="${paved} = 'no'"),
...     ],
... )
>>> form["where"].label("en")
'Which stretch is not?'

Conditions and calculations are XLSForm's own expressions. A fault that is the writer's own is refused when the form is
built, with a `FormError` that names the question.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypedDict, Unpack

from liuwen.form.building import Draft, EntityList, FileOptions, Item, Option, Options, Texts, language_columns, lay_out
from liuwen.form.elements import Kind
from liuwen.form.headers import TRANSLATED
from liuwen.form.model import Form
from liuwen.form.refusals import gather_lists, refuse_faults

Cell = str | bool | int | float | dt.date
"""What may be given for a cell: text or an expression, or a value that is written as XLSForm writes it."""


class Told(TypedDict, total=False):
    """What may be said of a question, group or repeat besides its name."""

    zh: str
    en: str
    label: Texts
    """Further languages, code → text."""
    hint: Texts
    guidance_hint: Texts
    required: bool | str
    required_message: Texts
    relevant: str
    constraint: str
    constraint_message: Texts
    choice_filter: str
    appearance: str
    parameters: str
    calculation: str
    trigger: str
    default: Cell
    read_only: bool | str
    image: str | Texts
    """The file shown with the question, one for all languages or one each; so too `audio` and `video`."""
    audio: str | Texts
    video: str | Texts
    save_to: str
    note: str
    """A remark to the designer; the phone does not show it."""
    columns: Mapping[str, str]
    """Any other column of the survey sheet, as its header is written."""


_LABELS = ("zh", "en")


def build_form(
    form_id: str,
    *,
    version: str,
    items: Sequence[Item],
    zh: str = "",
    en: str = "",
    title: str = "",
    languages: Sequence[str] = ("zh", "en"),
    lists: Sequence[Options] = (),
    entities: Sequence[EntityList] = (),
    settings: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
) -> Form:
    """The form with these `items`, worded in `languages`; the first of them is the one a phone opens with.

    The title is `title`, or else `zh`/`en` in the first language. `lists` are choice lists that no question passes as an
    object; `media` are the files that travel with the form. Raises `FormError` for the first fault it finds.
    """
    named = language_columns(languages)
    cells = {"form_title": title or _title(named, zh, en) or form_id, "form_id": form_id, "version": version}
    if named:
        cells["default_language"] = next(iter(named.values()))
    draft = Draft(
        items=tuple(items),
        lists=MappingProxyType(gather_lists(items, lists)),
        entities=tuple(entities),
        settings=MappingProxyType({**cells, **(settings or {})}),
        languages=MappingProxyType(named),
    )
    refuse_faults(draft)
    return lay_out(draft, media or {})


def _title(languages: Mapping[str, str], zh: str, en: str) -> str:
    by_code = {"zh": zh, "en": en}
    return next((by_code[code] for code in languages if by_code.get(code)), "") or zh or en


# -- choice lists ---------------------------------------------------------------------------------------------------


def choices(name: str, *options: tuple[object, ...], **columns: Sequence[Cell]) -> Options:
    """The choice list `name`; each option is `(value, zh, en)`, or `(value, {code: text})` for other languages.

    A mapping at an option's end gives its further columns (for choice filters), and `image` or `audio` for its media.
    Keyword columns give one value an option, in order.

    >>> towns = choices("village", ("wan", "湾里", "Wanli", {"town": "east"}), ("po", "坡上", "Poshang", {"town": "west"}))
    >>> towns.options[0].columns["town"]
    'east'
    """
    made = [_option(option, {key: values[place] for key, values in columns.items()}) for place, option in enumerate(options)]
    return Options(name, tuple(made))


def _option(written: tuple[object, ...], columns: Mapping[str, Cell]) -> Option:
    value, *rest = written
    if rest and isinstance(rest[0], Mapping):
        texts, further = dict(rest[0]), rest[1:]
    else:
        worded = [part for part in rest if not isinstance(part, Mapping)]
        texts, further = dict(zip(("zh", "en"), map(str, worded), strict=False)), rest[len(worded) :]
    cells = {**(further[0] if further and isinstance(further[0], Mapping) else {}), **columns}
    media = {column: cell for column, cell in cells.items() if column in TRANSLATED}
    plain = {column: _written(cell) for column, cell in cells.items() if column not in TRANSLATED}
    every_language = {column: _in_every_language(cell, texts) for column, cell in media.items()}
    return Option(_written(value), MappingProxyType({"label": texts, **every_language}), MappingProxyType(plain))


def from_file(file: str, *, value: str = "name", label: str = "label") -> FileOptions:
    """The choices in the columns `value` and `label` of a file that travels with the form, or of an entity list."""
    return FileOptions(file, value, label)


def entity_list(list_name: str, *, label: str, **columns: str) -> EntityList:
    """One entity list the form writes to: `label`, `entity_id`, `create_if`, `update_if` are expressions."""
    return EntityList(MappingProxyType({"list_name": list_name, "label": label, **columns}))


# -- questions ------------------------------------------------------------------------------------------------------


def text(name: str, **told: Unpack[Told]) -> Item:
    """A question answered in words."""
    return _question("text", name, told)


def integer(name: str, **told: Unpack[Told]) -> Item:
    """A question answered with a whole number."""
    return _question("integer", name, told)


def decimal(name: str, **told: Unpack[Told]) -> Item:
    """A question answered with a number."""
    return _question("decimal", name, told)


def range_(name: str, start: float, end: float, step: float = 1, **told: Unpack[Told]) -> Item:
    """A number picked on a slider from `start` to `end`."""
    return _question("range", name, told, parameters=f"start={start} end={end} step={step}")


def date(name: str, **told: Unpack[Told]) -> Item:
    """A question answered with a date."""
    return _question("date", name, told)


def time(name: str, **told: Unpack[Told]) -> Item:
    """A question answered with a time of day."""
    return _question("time", name, told)


def datetime(name: str, **told: Unpack[Told]) -> Item:
    """A question answered with a date and time."""
    return _question("dateTime", name, told)


def select_one(name: str, options: Options | FileOptions | str, **told: Unpack[Told]) -> Item:
    """A question with one answer from a list: an object of `choices` or `from_file`, or the name of one."""
    return _select("select_one", name, options, told)


def select_multiple(name: str, options: Options | FileOptions | str, **told: Unpack[Told]) -> Item:
    """A question with any number of answers from a list."""
    return _select("select_multiple", name, options, told)


def rank(name: str, options: Options | FileOptions | str, **told: Unpack[Told]) -> Item:
    """A question whose answer is the list in the respondent's order."""
    return _select("rank", name, options, told)


def likert(name: str, options: Options | str, **told: Unpack[Told]) -> Item:
    """A select-one drawn as a scale."""
    return _select("select_one", name, options, {"appearance": "likert", **told})


def geopoint(name: str, **told: Unpack[Told]) -> Item:
    """A place on the map."""
    return _question("geopoint", name, told)


def geotrace(name: str, **told: Unpack[Told]) -> Item:
    """A line on the map."""
    return _question("geotrace", name, told)


def geoshape(name: str, **told: Unpack[Told]) -> Item:
    """An area on the map."""
    return _question("geoshape", name, told)


def image(name: str, **told: Unpack[Told]) -> Item:
    """A photo, or a drawing or signature by its appearance."""
    return _question("image", name, told)


def audio(name: str, **told: Unpack[Told]) -> Item:
    """A recording of sound."""
    return _question("audio", name, told)


def video(name: str, **told: Unpack[Told]) -> Item:
    """A recording of pictures."""
    return _question("video", name, told)


def file(name: str, **told: Unpack[Told]) -> Item:
    """Any file."""
    return _question("file", name, told)


def barcode(name: str, **told: Unpack[Told]) -> Item:
    """A bar code or QR code."""
    return _question("barcode", name, told)


def note(name: str, **told: Unpack[Told]) -> Item:
    """Words shown and not answered."""
    return _question("note", name, told)


def acknowledge(name: str, **told: Unpack[Told]) -> Item:
    """A statement to be ticked ("OK")."""
    return _question("acknowledge", name, told)


# -- what is not asked ----------------------------------------------------------------------------------------------


def calculate(name: str, calculation: str, /, **told: Unpack[Told]) -> Item:
    """A value computed from the answers."""
    return _question("calculate", name, {**told, "calculation": calculation}, worded=False)


def hidden(name: str, **told: Unpack[Told]) -> Item:
    """A value that only its default or an expression gives."""
    return _question("hidden", name, told, worded=False)


def metadata(kind: str, name: str = "", **told: Unpack[Told]) -> Item:
    """What the device fills in by itself, by its XLSForm type ("phonenumber", "start-geopoint"); named for its kind."""
    return _question(kind, name or kind.replace("-", "_"), told, worded=False)


def start(name: str = "start") -> Item:
    """When the interview was begun."""
    return metadata("start", name)


def end(name: str = "end") -> Item:
    """When it was last saved."""
    return metadata("end", name)


def today(name: str = "today") -> Item:
    """The day it was begun."""
    return metadata("today", name)


def deviceid(name: str = "deviceid") -> Item:
    """Which device it was filled in on."""
    return metadata("deviceid", name)


def username(name: str = "username") -> Item:
    """Whom the app was set up for."""
    return metadata("username", name)


def audit(name: str = "audit", **told: Unpack[Told]) -> Item:
    """The log of what was done when; `parameters` may ask for places and changes."""
    return metadata("audit", name, **told)


# -- groups and repeats ---------------------------------------------------------------------------------------------


def group(name: str, *, items: Sequence[Item], unlinked: bool = False, **told: Unpack[Told]) -> Item:
    """Questions that belong together; with `unlinked`, their answers are loaded apart from the rest of the interview."""
    made = _item("group", "group", name, told)
    mark = "; ".join(part for part in ("liuwen: unlinked" if unlinked else "", made.columns.get("note", "")) if part)
    return Item("group", "group", name, {**made.columns, **({"note": mark} if mark else {})}, made.wordings, None, tuple(items))


def repeat(name: str, *, items: Sequence[Item], count: str | int = "", **told: Unpack[Told]) -> Item:
    """Questions asked once for each of several; `count` is a number or an expression, else the visitor adds as many as needed."""
    made = _item("repeat", "repeat", name, told)
    counted = {"repeat_count": _written(count)} if count != "" else {}
    return Item("repeat", "repeat", name, {**made.columns, **counted}, made.wordings, None, tuple(items))


# -- how it is put together -----------------------------------------------------------------------------------------


def _question(kind: str, name: str, told: Mapping[str, object], *, worded: bool = True, parameters: str = "") -> Item:
    if parameters:
        told = {**told, "parameters": f"{parameters} {told.get('parameters', '')}".strip()}
    made = _item("question", kind, name, told)
    wordings = {"label": {}, **made.wordings} if worded else made.wordings
    return Item("question", kind, name, made.columns, wordings)


def _select(kind: str, name: str, options: Options | FileOptions | str, told: Mapping[str, object]) -> Item:
    named = ""
    if isinstance(options, FileOptions):
        pairs = (("value", options.value, "name"), ("label", options.label, "label"))
        named = " ".join(f"{key}={column}" for key, column, usual in pairs if column != usual)
    made = _question(kind, name, told, parameters=named)
    return Item("question", kind, name, made.columns, made.wordings, options)


def _item(kind: Kind, written_type: str, name: str, told: Mapping[str, object]) -> Item:
    wordings: dict[str, Texts] = {"label": label} if (label := _label(told)) else {}
    columns: dict[str, str] = {}
    for column, said in told.items():
        if column in TRANSLATED and isinstance(said, Mapping):
            wordings.setdefault(column, said)
        elif column == "columns" and isinstance(said, Mapping):
            columns.update(said)
        elif column not in _LABELS and (cell := _written(said)):
            columns[column] = cell
    return Item(kind, written_type, name, columns, wordings)


def _label(told: Mapping[str, object]) -> Texts:
    further = told.get("label")
    own = {code: str(told[code]) for code in _LABELS if code in told}
    return {**own, **further} if isinstance(further, Mapping) else own


def _in_every_language(cell: object, texts: Texts) -> Texts:
    return cell if isinstance(cell, Mapping) else dict.fromkeys(texts, _written(cell))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
