"""Headers whose values are not loaded (withheld questions), or only without a key (whatever stands in an unlinked section)."""

from collections.abc import Iterable, Sequence

from liuwen.form.elements import Element
from liuwen.responses.from_exports.headers import SEPARATORS, Headers
from liuwen.responses.labels import label_of
from liuwen.responses.plan import MAIN, Column, Table, TablePlan
from liuwen.responses.versions import VersionLayout, unlinked_sections

Path = tuple[str, ...]


class WithheldHeaders:
    """Knows them in this version of the form and in earlier ones, each described by its layout."""

    def __init__(self, plan: TablePlan, layouts: Sequence[VersionLayout]) -> None:
        own = {element.path: element for table in plan.tables.values() for element in table.withheld}
        self._withheld = _headers(plan, {path: own.get(path) for layout in layouts for path in layout.withheld})
        unlinked = [name for name, table in plan.tables.items() if table.unlinked]
        places = {path: column for layout in layouts for path, column in layout.columns.items()}
        self._unlinked = Headers(plan, unlinked, places)
        self._earlier = _headers(plan, {path: None for layout in layouts for path in layout.unlinked_questions})
        labels = {labels for name in unlinked for labels in _labels(plan, plan.tables[name].element)}
        self._beginnings = tuple(_beginnings(unlinked_sections(plan, layouts) | labels))

    def is_withheld(self, header: str) -> bool:
        """Whether a column must not be loaded."""
        return _names_question(self._withheld, header)

    def is_unlinked(self, header: str) -> bool:
        """Whether a column stands in an unlinked section."""
        inside = " ".join(header.split()).casefold().startswith(self._beginnings)
        return inside or _names_question(self._unlinked, header) or _names_question(self._earlier, header)


def _names_question(headers: Headers, header: str) -> bool:
    meaning = headers.meaning(header)
    return meaning is not None and meaning.column is not None


def _headers(plan: TablePlan, questions: dict[Path, Element | None]) -> Headers:
    """The headers of questions without a column; each is taken for a position, so that the headers of its parts are known."""
    columns = {
        path: Column("/".join(path), MAIN, element or Element("question", "", path[-1], 0, ()), "geopoint")
        for path, element in questions.items()
    }
    main = Table(MAIN, columns=tuple(columns.values()))
    return Headers(TablePlan(plan.form, {MAIN: main}), [MAIN], columns)


def _beginnings(sections: Iterable[Path]) -> set[str]:
    tails = {section[start:] for section in sections for start in range(len(section))}
    return {f"{separator.join(tail)}{separator}".casefold() for tail in tails for separator in SEPARATORS}


def _labels(plan: TablePlan, element: Element | None) -> list[Path]:
    line = [*element.parents, element] if element else []
    return [tuple(label_of(each, language) or each.name for each in line) for language in plan.form.languages or ("",)]
