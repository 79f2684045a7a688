"""What the rules ask about a form, worked out once for all of them, so that a check grows with the form and not faster."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from liuwen.checks.columns import EXPRESSION_COLUMNS, as_converted, is_expression
from liuwen.checks.layout import Layout
from liuwen.checks.scales import scale_of
from liuwen.checks.vocabulary import spoken
from liuwen.expressions import Expression, ExpressionError, Named, Path, references, try_parse, walk
from liuwen.form.elements import ChoiceList, Element
from liuwen.form.sheets import Place
from liuwen.form.vocabulary import CONSENT
from liuwen.logic.fixed_values import Comparison, comparisons
from liuwen.logic.reasoning import Known, Outcome, outcome

_CLEANED = str.maketrans("‘’“”\u00a0", "''\"\" ")  # as pyxform does before it reads a cell


@dataclass(frozen=True)
class Formula:
    """A cell that holds an expression: its place, the element it belongs to (None on other sheets), and its tree or its fault."""

    text: str
    column: str
    place: Place
    element: Element | None
    outcome: Expression | ExpressionError

    @property
    def tree(self) -> Expression | None:
        """The expression's tree, or None if the text is not a valid expression."""
        return None if isinstance(self.outcome, ExpressionError) else self.outcome

    @cached_property
    def parts(self) -> tuple[Expression, ...]:
        """The expression and everything inside it; nothing where the text is no expression."""
        return () if isinstance(self.outcome, ExpressionError) else tuple(walk(self.outcome))


@dataclass(frozen=True)
class Facts(Layout):
    """A form, and what is known of it."""

    # -- expressions ----------------------------------------------------------------------------------------------

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every cell that holds an expression, in order."""
        return (*self._survey_formulas(), *self._other_formulas())

    def _survey_formulas(self) -> Iterator[Formula]:
        for element in self.elements:
            for column, text in element.cells.items():
                if column in EXPRESSION_COLUMNS and _is_read(element, column) and is_expression(column, text):
                    yield self._formula(text, column, self.at(element, column), element)

    def _formula(self, text: str, column: str, place: Place, element: Element | None) -> Formula:
        keeps_quotes = self.form.settings.get("clean_text_values", "yes").lower() in {"no", "false"}
        written = text if self.form.is_xform else as_converted(column, text)
        return Formula(text, column, place, element, try_parse(written if keeps_quotes else written.translate(_CLEANED)))

    def _other_formulas(self) -> Iterator[Formula]:
        instance_name = self.form.settings.get("instance_name", "")
        if instance_name:
            place = self.place("settings", 2, "instance_name")
            yield self._formula(instance_name, "instance_name", place, None)
        for row, cells in enumerate(self.form.entities, start=2):
            for column in ("label", "entity_id", "create_if", "update_if"):
                text = cells.get(column, "")
                if text:
                    yield self._formula(text, column, self.place("entities", row, column), None)

    def trees(self, column: str) -> Iterator[tuple[Formula, Expression]]:
        """The expressions of one column that can be read."""
        return ((cell, cell.tree) for cell in self.formulas if cell.column == column and cell.tree is not None)

    @cached_property
    def only(self) -> Mapping[str, Element]:
        """The elements whose name no other element has."""
        return {name: found[0] for name, found in self.named.items() if len(found) == 1}

    @cached_property
    def comparisons(self) -> tuple[tuple[Formula, Comparison], ...]:
        """Every comparison of an answer with a fixed value, with the cell it stands in."""
        return tuple(
            (formula, comparison)
            for formula in self.formulas
            if formula.tree
            for comparison in comparisons(formula.tree, None if formula.column == "choice_filter" else formula.element, self.only)
            if "${" not in str(comparison.value)  # a reference in quotes, which has a rule of its own
        )

    @cached_property
    def known(self) -> Known:
        """What reasoning about conditions may use."""
        return Known(self.only, self._constraint, self._choice_names)

    def _constraint(self, element: Element) -> Expression | None:
        formula = self.formula_of.get((element.row, "constraint"))
        return formula.tree if formula else None

    def _choice_names(self, element: Element) -> Sequence[str] | None:
        choices = self.choices_of(element)
        if choices is None:
            return None
        return tuple(dict.fromkeys((*choices.names, *self._added(choices.name))))

    def _added(self, name: str) -> tuple[str, ...]:
        """The choice that `or_other` at any question adds to its list, and so to all who use it."""
        return ("other",) if any(element.or_other for element in self.users.get(name, ())) else ()

    def conditions(self, element: Element) -> tuple[Formula, ...]:
        """The relevance of an element and of the groups around it, outermost first, where they can be read."""
        cells = (self.formula_of.get((around.row, "relevant")) for around in (*element.parents, element))
        return tuple(cell for cell in cells if cell and cell.tree)

    @cached_property
    def outcomes(self) -> Mapping[int, Outcome]:
        """Row → whether its element is never, always or sometimes asked, including the relevance of its groups."""
        outcomes: dict[int, Outcome] = {}
        for element in self.elements:
            around = outcomes[element.parents[-1].row] if element.parents and element.parents[-1].row in outcomes else "always"
            trees = [cell.tree for cell in self.conditions(element) if cell.tree] if element.cell("relevant") else []
            if not trees or around == "never":
                outcomes[element.row] = around
            elif len(trees) == 1:
                outcomes[element.row] = self.alone.get((element.row, "relevant"), "depends")
            else:
                outcomes[element.row] = outcome(trees, None, self.known)
        return outcomes

    @cached_property
    def alone(self) -> Mapping[tuple[int, str], Outcome]:
        """(row, column) of every relevance and constraint → whether it never, always or sometimes holds, taken by itself."""
        here = {"relevant": False, "constraint": True}
        return {
            (cell.element.row, column): outcome([tree], cell.element if own else None, self.known)
            for column, own in here.items()
            for cell, tree in self.trees(column)
            if cell.element
        }

    @cached_property
    def formula_of(self) -> Mapping[tuple[int, str], Formula]:
        """(row, column) → the expression in that cell of the survey."""
        return {(formula.element.row, formula.column): formula for formula in self.formulas if formula.element}

    def targets(self, formula: Formula) -> set[int]:
        """The rows of what an expression reads: `${name}`, `.`, and the steps down from a group, as in `${member}[1]/age`."""
        rows = set()
        for part in formula.parts:
            origin = part.origin if isinstance(part, Path) else part
            found = self.only.get(origin.name) if isinstance(origin, Named) and not origin.last_saved else None
            if isinstance(part, Path) and part.is_here and formula.column != "constraint":
                found = formula.element
            if isinstance(part, Path) and found and part.steps and part.origin is not None:
                found = self._below(found, [step.name for step in part.steps])
            if found:
                rows.add(found.row)
        return rows

    def _below(self, element: Element, names: list[str]) -> Element | None:
        path = (*element.path, *names)
        return next((found for found in self.named.get(names[-1], ()) if found.path == path), None)

    @cached_property
    def references(self) -> tuple[tuple[Place, str], ...]:
        """Every `${name}` of the survey, the choices' labels, the settings and the entities: its place and its name."""
        return tuple(dict.fromkeys(self._references()))

    def _references(self) -> Iterator[tuple[Place, str]]:
        for element in self.elements:
            for column, text in element.cells.items():
                for found in references(text):
                    yield self.at(element, column), found.name
        for _, cell in self.survey_texts:
            for found in references(cell.text):
                yield cell.place, found.name
        for choices in self.form.choice_lists.values():
            for choice in choices:
                for column, wording in choice.wordings.items():
                    for language, text in wording.texts.items():
                        for found in references(text):
                            yield self.place("choices", choice.row, column, language), found.name
        for formula in self.formulas:
            for found in references(formula.text) if formula.element is None else ():
                yield formula.place, found.name

    # -- choices --------------------------------------------------------------------------------------------------

    @cached_property
    def users(self) -> Mapping[str, Sequence[Element]]:
        """Choice list → the questions that draw from it."""
        users: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            if element.list_name and not element.from_file:
                users[element.list_name].append(element)
        return dict(users)

    def choices_of(self, element: Element) -> ChoiceList | None:
        """The list that the form itself holds for a select; None for lists from files, from repeats or missing.

        Of a select filled by `search()` the sheet holds only the names of the file's columns.
        """
        return None if element.from_file or is_searched(element) else self.form.choices_of(element)

    @cached_property
    def scales(self) -> tuple[tuple[str, ChoiceList, list[float]], ...]:
        """The lists that read like a rating scale, and the place of each of their answers on it."""
        short = ((name, choices) for name, choices in self.form.choice_lists.items() if 3 <= len(choices) <= 12)
        read = ((name, choices, scale_of(tuple(choice.label() for choice in choices))) for name, choices in short)
        return tuple((name, choices, places) for name, choices, places in read if places)

    @cached_property
    def consent(self) -> Element | None:
        """The first question that asks for consent."""
        return next((element for element in self.questions if element.is_asked and _asks_consent(element)), None)

    def columns_offered(self, element: Element | None) -> frozenset[str] | None:
        """The columns that a choice filter may name: those of the choices sheet or of the file; None if unknown."""
        if element is None or (element.list_name or "").startswith("${"):
            return None
        if element.from_file:
            return self._columns_of_file(element.list_name or "")
        return self._choice_columns

    @cached_property
    def _choice_columns(self) -> frozenset[str]:
        return frozenset(header.column for header in self.form.headers("choices")) - {"list_name"} | {"name", "label"}

    def columns_of_list(self, name: str) -> frozenset[str] | None:
        """What can be looked up in `instance('name')`: a list of the form, or a file that it comes with; None if unknown."""
        if name in self.form.choice_lists:
            return self._choice_columns
        return self._columns_of_file(f"{name}.csv")

    def _columns_of_file(self, name: str) -> frozenset[str] | None:
        held = self.form.media.get(name)
        if held is None or not name.endswith(".csv"):
            return None
        first = held[:65536].decode("utf-8-sig", "replace").splitlines()[:1]
        return frozenset(column.strip().strip('"') for line in first for column in line.split(",")) | {"name", "label"}

    @cached_property
    def values(self) -> Mapping[str, frozenset[str]]:
        """Choice list → its stored values, the one that `or_other` adds included."""
        return {name: frozenset((*choices.names, *self._added(name))) for name, choices in self.form.choice_lists.items()}

    @cached_property
    def filter_columns(self) -> frozenset[str]:
        """Every bare word in a choice filter or a list lookup: the columns of the choices sheet that are made use of."""
        return frozenset(
            step.name
            for formula in self.formulas
            for part in formula.parts
            if isinstance(part, Path)
            for step in part.steps
            if step.axis == "child"
        )

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Every name that some expression or wording mentions."""
        in_formulas = (part.name for formula in self.formulas for part in formula.parts if isinstance(part, Named))
        in_texts = (found.name for _, cell in self.survey_texts for found in references(cell.text))
        return frozenset([*in_formulas, *in_texts])


def _is_read(element: Element, column: str) -> bool:
    """Whether a phone reads this column here; Collect filters a select_one_external in a little language of its own."""
    if column == "choice_filter":
        return element.is_select and element.type != "select_one_external"
    return column != "repeat_count" or element.kind == "repeat"


def is_searched(element: Element) -> bool:
    """Whether `search()` in its appearance fills a select from a file."""
    return "search(" in element.cell("appearance").replace(" ", "")


def _asks_consent(element: Element) -> bool:
    wording = element.wordings.get("label")
    said = [spoken(element.name), *(wording.texts.values() if wording else ())]
    return element.type != "note" and any(CONSENT.search(text) for text in said)
