"""The `Form`: its sheets as written, and their meaning.

A `Form` is its sheets and attached files; everything else is derived from them on first use. A form read from a file may
have faults: unbalanced groups, unknown types and missing names are kept as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.form.elements import ChoiceList, Element, read_choices, read_elements
from liuwen.form.headers import ANONYMOUS, Header, meaning, named_language
from liuwen.form.sheets import Sheet

if TYPE_CHECKING:
    from os import PathLike

    from liuwen.form.formats.xform import XForm

YES = frozenset({"yes", "true", "true()", "1"})
"""Values that mean yes in a setting."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of an XForm, and the sheets read from it."""

    sheets: tuple[Sheet, ...]
    content: bytes


@dataclass(frozen=True, eq=True)
class Form:
    """A questionnaire: its sheets as written, its attached files, and what they mean.

    Make one with `read_form` or `build_form`. Two forms are equal if all their cells and files are equal.

    Attributes:
        sheets: The sheets, cell by cell.
        media: The files that travel with the form, by name.
    """

    sheets: tuple[Sheet, ...]
    media: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    source: str = field(default="", compare=False)
    """The name of the file it was read from, without its folder; "" if it was built."""
    original: Original | None = field(default=None, compare=False)
    """The XForm it was read from, if any; see `original_xml`."""

    __hash__ = None  # type: ignore[assignment]  # holds a mapping

    def __reduce__(self) -> tuple[type["Form"], tuple[tuple[Sheet, ...], dict[str, bytes], str, Original | None]]:
        return Form, (self.sheets, dict(self.media), self.source, self.original)

    @property
    def original_xml(self) -> str:
        """The XML of the XForm it was read from; "" if it was read from another format or has been changed since."""
        from liuwen.form.formats.from_xform import xml_text

        return xml_text(self.original.content) if self.original and self.is_xform else ""

    @property
    def is_xform(self) -> bool:
        """Whether it was read from an XForm and is unchanged."""
        return self.original is not None and self.original.sheets == self.sheets

    # -- sheets ---------------------------------------------------------------------------------------------------

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet.

        Args:
            name: The standard name in lower case, such as "survey"; the case of the tab does not matter.

        Returns:
            The sheet, or None. A form with a single sheet takes it for the survey sheet.
        """
        named = next((sheet for sheet in self.sheets if sheet.name.strip().lower() == name), None)
        if named is None and name == "survey" and len(self.sheets) == 1:
            return self.sheets[0]
        return named

    def headers(self, sheet: str) -> tuple[Header, ...]:
        """The meaning of the columns of a sheet.

        Args:
            sheet: The standard name of the sheet.

        Returns:
            One `Header` per column, in the order they are written.
        """
        found = self.sheet(sheet)
        return tuple(meaning(sheet, header) for header in found.header) if found else ()

    def column(self, sheet: str, column: str, language: str = "") -> str | None:
        """Find a standard column by name and return its header as written: `column("survey", "relevant")` may return
        "relevance".

        Args:
            sheet: The standard name of the sheet.
            column: The standard name of the column.
            language: The language of a translated column, as the header names it.

        Returns:
            The header, or None if the sheet has no such column.
        """
        found = self.sheet(sheet)
        written = zip(self.headers(sheet), found.header, strict=True) if found else ()
        return next((header for means, header in written if means == Header(column, language)), None)

    # -- settings -------------------------------------------------------------------------------------------------

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The settings by standard name: `form_id`, `form_title`, `version`, `default_language`, `instance_name`, …"""
        sheet = self.sheet("settings")
        first = next((row for row in sheet.rows if any(row)), ()) if sheet else ()
        return _filled(zip(self.headers("settings"), first, strict=False))

    @property
    def id(self) -> str:
        """The form ID: the setting `form_id`, or else the file name, as in pyxform."""
        return self.settings.get("form_id") or Path(self.source).stem or "data"

    @property
    def title(self) -> str:
        """The title of the form, or its ID if it has none."""
        return self.settings.get("form_title") or self.id

    @property
    def version(self) -> str:
        """The version, or "" if there is none."""
        return self.settings.get("version", "")

    @property
    def anonymous(self) -> bool:
        """Whether answers are anonymous, according to the column `attribute::anonymous` of the settings.

        A store then records no collector, device, instance ID, time of day or order, and no table shows them.
        """
        return any(name.lower() == ANONYMOUS and value.lower() in YES for name, value in self.settings.items())

    @property
    def root(self) -> str:
        """The name of the XML element that holds a submission's answers: the setting `name`, or "data"."""
        return self.settings.get("name") or "data"

    # -- languages ------------------------------------------------------------------------------------------------

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages as named in the columns ("中文 (zh)"), in order of first mention; () if no column has a language."""
        headers = [*self.headers("survey"), *self.headers("choices")]
        return tuple(dict.fromkeys(header.language for header in headers if header.language))

    def language(self, code: str) -> str | None:
        """Find a language of the form.

        Args:
            code: A code or a name: "zh", "English", "中文 (zh)".

        Returns:
            The language as `languages` names it, or None.
        """
        return named_language(dict.fromkeys(self.languages), code)

    # -- questions ------------------------------------------------------------------------------------------------

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every question, group and repeat, in the order of the survey sheet."""
        return tuple(read_elements(self.sheet("survey"), self.headers("survey")))

    @cached_property
    def questions(self) -> tuple[Element, ...]:
        """Every question, calculations and metadata included, in order."""
        return tuple(element for element in self.elements if element.kind == "question")

    @cached_property
    def repeats(self) -> tuple[Element, ...]:
        """Every repeat, in order."""
        return tuple(element for element in self.elements if element.kind == "repeat")

    def __getitem__(self, name: str) -> Element:
        """The first element with this name or path ("difficulties/needs"); raises `KeyError` if there is none."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @cached_property
    def _by_name(self) -> Mapping[str, Element]:
        names: dict[str, Element] = {}
        for element in self.elements:
            names.setdefault(element.name, element)
            names.setdefault("/".join(element.path), element)
        return names

    # -- choices --------------------------------------------------------------------------------------------------

    @cached_property
    def choice_lists(self) -> Mapping[str, ChoiceList]:
        """The lists of the choices sheet, by name, in order."""
        return read_choices(self.sheet("choices"), self.headers("choices"))

    @cached_property
    def external_choice_lists(self) -> Mapping[str, ChoiceList]:
        """The lists of the external_choices sheet, by name (those of `select_one_external`)."""
        return read_choices(self.sheet("external_choices"), self.headers("external_choices"))

    def choices_of(self, element: "Element | str") -> ChoiceList | None:
        """Find the choice list of a question.

        Args:
            element: A select or rank question, or its name.

        Returns:
            The list, or None if the form does not contain it; files with choices are in `media`.
        """
        question = self[element] if isinstance(element, str) else element
        lists = self.external_choice_lists if question.type == "select_one_external" else self.choice_lists
        return lists.get(question.list_name or "")

    @cached_property
    def entities(self) -> tuple[Mapping[str, str], ...]:
        """The rows of the entities sheet, by standard column."""
        sheet = self.sheet("entities")
        headers = self.headers("entities")
        rows = sheet.rows if sheet else ()
        return tuple(_filled(zip(headers, row, strict=True)) for row in rows if any(row))

    # -- writing --------------------------------------------------------------------------------------------------

    def write(self, path: "str | PathLike[str]") -> Path:
        """Write the form to a file, and its attached files beside it. The same form always gives the same bytes.

        Args:
            path: The file to write; the ending decides the format: .xlsx, .md, or .xml (an XForm).

        Returns:
            The path.

        Raises:
            ReadError: If the ending is not one of these.
            FormError: If a workbook cannot hold a sheet's name or a cell.
            ConversionError: If pyxform cannot convert the form to an XForm.
        """
        from liuwen.form.writing import write_form

        return write_form(self, Path(path))

    def to_xform(self) -> str:
        """Convert the form to an XForm.

        Returns:
            The XML: what pyxform produces, or the original XML if the form was read from an XForm.

        Raises:
            ConversionError: If pyxform cannot convert the form.
        """
        from liuwen.form.formats.xform import to_xform

        return to_xform(self).xml

    @cached_property
    def converted(self) -> "XForm":
        """The XForm that pyxform makes of it, made once; raises `ConversionError`."""
        from liuwen.form.formats.xform import converted

        return converted(self)

    def _repr_html_(self) -> str:
        from liuwen.form.display import form_html

        return form_html(self)

    def __repr__(self) -> str:
        asked = sum(element.is_asked for element in self.questions)
        counts = f"{asked} questions, {len(self.repeats)} repeats, {len(self.languages)} languages"
        return f"<Form {self.id!r} version {self.version!r}: {counts}>"


def _filled(cells: Iterable[tuple[Header, str]]) -> Mapping[str, str]:
    """The non-empty cells of a row by standard column; of duplicate columns the first counts."""
    filled: dict[str, str] = {}
    for header, cell in cells:
        if header.column and (text := cell.strip()):
            filled.setdefault(header.column, text)
    return MappingProxyType(filled)
