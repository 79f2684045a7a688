"""Groups by choices, counted once for every figure: how many were asked, how many chose it, how many households stand behind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER, HOUSEHOLD, AskedRows, asked_rows, distinct_answers
from liuwen.analysis.behind import Behind
from liuwen.analysis.bins import ranges_of
from liuwen.analysis.coded import can_be_coded, coded_answers
from liuwen.analysis.disclosure import Protection
from liuwen.analysis.earlier import EarlierTable, earlier_table, places_of
from liuwen.analysis.group_structure import group_structure
from liuwen.analysis.grouping import names_of_few, put_together
from liuwen.analysis.linked import LinkedTable
from liuwen.analysis.links import all_leading, base_counts, coarser_places, leading_questions
from liuwen.analysis.plain_texts import texts_or_none
from liuwen.analysis.rounds import HOUSEHOLDS, INTERVIEWS, PEOPLE
from liuwen.analysis.set_apart import asked_of_all, behind, counted_by_place, section_of
from liuwen.analysis.several_answers import has_fixed_number, stand_alone
from liuwen.analysis.shared_bases import SharedBases
from liuwen.analysis.source import AnswerSource, source_of
from liuwen.analysis.states import Shown
from liuwen.analysis.tabulation import GIVEN, Tabulation, given_numbers, least_shown, shape_of
from liuwen.analysis.tally import UNANSWERED, chosen, tally
from liuwen.form.households import household_column
from liuwen.form.sensitive import is_sensitive, own_minimum
from liuwen.responses.plan import MAIN
from liuwen.responses.section_batches import LEAST

if TYPE_CHECKING:
    from liuwen.analysis.survey_design import SurveyDesign

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Tallied:
    """Groups × choices, counted.

    Attributes:
        groups: The groups, a row each.
        choices: Stored value → label.
        asked: Those asked, per group.
        counts: Those that chose it, per group and choice.
        counted: "households", "interviews" or "people".
        linked: Its links to the other tables of the same answers.
        rows: The rows behind the counts; None if the frame's own engine counted them.
        numbers: The group of each row of `rows.table`, or of each distinct answer that the frame's own engine counted.
        known: Whether the source tells who was asked; else those who answered count.
    """

    groups: pd.DataFrame
    choices: dict[str, str]
    asked: Counts
    counts: Counts
    counted: str
    linked: LinkedTable
    rows: AskedRows | None
    numbers: Counts
    known: bool
    earlier: tuple[EarlierTable, ...] = ()
    """The same table as each earlier release showed it."""

    def protection(self, minimum: int, more: Counts | None = None) -> Protection:
        """What may be shown of it, and in the last columns of `more` counts of the same groups."""
        if more is None:
            found = self.linked.protected(minimum)
            for each in self.earlier if minimum > 1 else ():
                found = each.still_shown(found, self.counts, minimum)
            return found
        return self.linked.beside(more).protected(minimum)

    @property
    def most_of_one(self) -> int:
        """How many rows the largest household has."""
        assert self.rows is not None
        return int(self.rows.table[HOUSEHOLD].value_counts().max()) if len(self.rows.table) else 1

    def places_among(self, groups: pd.DataFrame) -> Counts:
        """Where the groups of another table, made by some of the same columns, have each of these; -1 where they do not."""
        key = "places among", id(groups)
        if key not in self.linked.known:  # with the groups themselves, so that nothing else gets their identity
            own = self.groups if groups.columns.equals(self.groups.columns) else self.groups[list(groups.columns)]
            self.linked.known[key] = groups, places_of(own, groups)
        found: Counts = self.linked.known[key][1]
        return found

    def rows_not_in(self, other: "Tallied") -> Mask:
        """The rows that count here and not in another table of the same question."""
        assert self.rows is not None
        assert other.rows is not None
        return np.asarray(~self.rows.table.index.isin(other.rows.table.index))

    def counted_rows(self, rows: Mask, numbers: Counts, size: int, names: list[str]) -> tuple[Counts, Counts, Behind | None]:
        """Of some rows, by other numbers of their groups: those asked, those who chose each of `names`; the households behind.

        None, where each row is a household of its own.
        """
        assert self.rows is not None
        rows = rows & (numbers >= 0)
        table, numbers = self.rows.table[rows], numbers[rows]
        flags = chosen(table[ANSWER], names)
        count = [np.bincount(numbers, column, size) for column in (np.ones(len(flags)), *flags.T)]
        several = self.rows.table[HOUSEHOLD].duplicated().any()
        behind = Behind.of(table, numbers, names, size) if several else None
        return count[0].astype(np.int64), np.stack(count[1:], axis=1).astype(np.int64), behind

    def all_rows(self) -> tuple[pd.DataFrame, Counts]:
        """All rows, those not asked included, and the group of each; -1 for those that count in none."""
        assert self.rows is not None
        whole = self.rows.whole
        numbers = pd.Series(self.numbers, index=self.rows.table.index).reindex(whole.index).fillna(-1)
        return whole, numbers.to_numpy(dtype=np.int64)


def tallied(
    source: AnswerSource,
    asking: Tabulation,
    minimum: int,
    language: str | None,
    design: "SurveyDesign | None" = None,
    *,
    named: int | None = None,
    led: frozenset[str] = frozenset(),
    rowwise: bool = False,
) -> Tallied:
    """Count the answers, by group and choice, keeping the rows behind them where `rowwise`.

    `named` is the number of households that must share a name for it to be listed, by default the minimum. `led` are the
    questions that this one is looked at for, as it leads to them.
    """
    found = _by_itself(source, asking, minimum, language, design, named=named, rowwise=rowwise)
    return _beside_others(found, source, asking, minimum, led)


def _beside_others(found: Tallied, source: AnswerSource, asking: Tabulation, minimum: int, led: frozenset[str]) -> Tallied:
    """The table with what the tables of other questions, and earlier releases, must not give away through it."""
    minimum = max(least_shown(source.question(asking.question), minimum), found.linked.always)
    if minimum <= 1:
        return found
    found = _sealed_by_crossings(found, source, asking, minimum)
    found = _sealed_by_leaders(found, source, asking, minimum, led | {asking.question})
    return replace(found, earlier=_earlier(found, source, asking, minimum))


def _by_itself(
    source: AnswerSource,
    asking: Tabulation,
    minimum: int,
    language: str | None,
    design: "SurveyDesign | None" = None,
    *,
    named: int | None = None,
    rowwise: bool = False,
) -> Tallied:
    """The table, of whose figures its own and its places' say what may be shown."""
    coarser = coarser_places(source, asking.keys)
    element, rows, summed = source.question(asking.question), None, None
    minimum = least_shown(element, minimum)
    section = section_of(source, asking) if design is None and not rowwise else None
    if section is not None:
        minimum = max(minimum, LEAST)
        summed = counted_by_place(section, [*asking.keys, *coarser])
        answers = summed.rows
    elif design is None and not rowwise and can_be_coded(source, asking):
        summed = coded_answers(source).counts(asking, coarser)
        answers = summed.rows
    elif source.responses is None and design is None and not rowwise and asking.rounds != "all":
        once = distinct_answers(source, asking.question, asking.rounds)
        about = asking.question, asking.by, asking.filters, coarser, asking.period
        summed = once.choice_counts(*about)
        answers = once.answers(*about) if summed is None else summed.rows
    else:
        further = design.columns if design is not None else ()
        rows = asked_rows(source, asking.question, [*asking.keys, *coarser, *further, *asking.numbers], asking.rounds)
        answers = _as_keys(source, rows.table, asking).assign(households=1)
    if summed is None:
        answers = _numbers_named(answers, asking)
    named = named or minimum
    names = {column: names_of_few(source, column, answers, named) for column in asking.by}
    answers = put_together(answers, names, named)
    present = summed.present if summed is not None and source.responses is not None and section is None else None
    structure = group_structure(source, asking, answers, coarser, names, minimum=minimum, named=named, present=present)
    groups, numbers = structure.groups, structure.numbers
    given = summed.choices if summed is not None else answers[ANSWER].unique()
    choices = _choices(source, asking, given, language)
    asked = np.bincount(numbers, weights=answers["households"], minlength=len(groups)).astype(np.int64)
    counts = (
        tally(numbers, answers[ANSWER], answers["households"], list(choices), len(groups))
        if summed is None
        else summed.of(numbers, list(choices), len(groups))
    )
    homes = None if section is None else behind(section, numbers, list(choices), len(groups))
    if rows is not None and answers[HOUSEHOLD].duplicated().any():
        homes = Behind.of(answers, numbers, list(choices), len(groups))
    few, sealed = (None, None) if homes is None else homes.few(minimum)
    if asking.limits and minimum > 1:
        few = _without_numbers(few, groups, counts.shape, source, asking, minimum)
    structure = structure.with_siblings(asked)
    linked = LinkedTable(
        groups,
        asked,
        counts,
        structure.above,
        structure.places,
        one_each=bool(asking.limits) or (element is not None and has_fixed_number(element)),
        alone=stand_alone(element, choices) if element is not None and not asking.numbers else None,
        few=few,
        sealed=sealed,
        strict=is_sensitive(element) if asking.sensitive is None and element is not None else bool(asking.sensitive),
        least=own_minimum(element) if element is not None else 1,
        always=1 if section is None else LEAST,
        bases=_bases(source, asking, groups, names, minimum) if minimum > 1 else None,
        in_all=None if section is None else asked_of_all(section, groups[asking.keys]),
        known=structure.known,
        audits=source.kept.setdefault("audits", {}),
    )
    counted = _counted(source, rows, apart=section is not None)
    known = source.responses is None or not source.responses.asked(asking.question).isna().any()
    kept = None if rows is None else replace(rows, table=answers)
    return Tallied(groups, choices, asked, counts, counted, linked, kept, numbers, known)


def _numbers_named(answers: pd.DataFrame, asking: Tabulation) -> pd.DataFrame:
    """The answers, of a question of numbers as what is counted of them."""
    if asking.numbers:
        answers = answers.assign(**{ANSWER: given_numbers(answers, asking.numbers)})
    return answers.assign(**{ANSWER: ranges_of(answers[ANSWER], asking.limits)}) if asking.limits else answers


def _counted(source: AnswerSource, rows: AskedRows | None, *, apart: bool) -> str:
    """What is counted."""
    if apart or rows is not None:
        return PEOPLE if rows is None else rows.counted
    return HOUSEHOLDS if household_column(source.form, source.columns) else INTERVIEWS


def _earlier(found: Tallied, source: AnswerSource, asking: Tabulation, minimum: int) -> tuple[EarlierTable, ...]:
    """The same table of each earlier release."""
    published = source.responses.published if source.responses is not None else None
    if published is None or found.rows is None:
        return ()
    return tuple(
        earlier_table(found, _table_of(source_of(responses), asking, minimum), gone, minimum)
        for responses, gone in zip(published.earlier, published.gone, strict=True)
        if len(responses)
    )


def _table_of(source: AnswerSource, asking: Tabulation, minimum: int) -> Tallied:
    """The table of an earlier release; made once, since every later release looks at it."""
    key = ("table", repr(asking), minimum)
    if key not in source.kept:
        source.kept[key] = tallied(source, asking, minimum, None)
    made: Tallied = source.kept[key]
    return made


def _bases(
    source: AnswerSource, asking: Tabulation, groups: pd.DataFrame, names: Mapping[str, set[str]], minimum: int
) -> SharedBases | None:
    """The number of each group asked each question, of a section too; None for a bare frame or a question in a repeat."""
    responses, section = source.responses, section_of(source, asking)
    if responses is None or (section is None and responses.column(asking.question).table != MAIN):
        return None
    key = ("bases", shape_of(source, asking), minimum, tuple((column, frozenset(few)) for column, few in names.items()))
    if key not in source.kept:
        group, every = coded_answers(source).groups(asking)
        if any(names.values()):
            together = put_together(every, names, minimum)
            every = together.drop_duplicates().reset_index(drop=True)
            group = places_of(together, every)[group]
        source.kept[key] = every, SharedBases(base_counts(source, group, len(every), asking.rounds))
    every, bases = source.kept[key]
    found: SharedBases = bases.aligned(places_of(groups, every))
    return found if section is None else _section_bases(source, asking, groups, found.counts[:, :1])


def _section_bases(source: AnswerSource, asking: Tabulation, groups: pd.DataFrame, everybody: Counts) -> SharedBases:
    """How many of each group were asked each question of an unlinked section, beside the base that most questions share."""
    assert source.responses is not None
    table, found = source.responses.column(asking.question).table, []
    for column in source.responses.plan.tables[table].columns:
        section = section_of(source, replace(asking, question=column.name))
        if section is not None:
            found.append(asked_of_all(section, groups[asking.keys]))
    shared = Counter(each.tobytes() for each in found)
    return SharedBases(np.column_stack([everybody, *sorted(found, key=lambda each: -shared[each.tobytes()])]))


def _sealed_by_leaders(found: Tallied, source: AnswerSource, asking: Tabulation, minimum: int, led: frozenset[str]) -> Tallied:
    """Groups whose base is a figure that the table of a leading question hides are hidden too.

    Where the leading question hides groups whole, the bases of all of them may be shown, or of none: of some, the others would
    be what is left.
    """
    leaders = [leader for leader in leading_questions(source, asking.question) if leader not in led]
    if not leaders or not set(asking.keys) <= set(source.columns):  # a household has no table by what is asked of its people
        return found
    sealed = np.zeros(len(found.groups), dtype=bool) if found.linked.sealed is None else found.linked.sealed.copy()
    own = found.linked.shown_groups(minimum) != Shown.YES
    for leader in leaders:
        above = _leader(source, replace(asking, question=leader, numbers=(), limits=(), sensitive=None), minimum, led)
        at = found.places_among(above.groups)
        bases = np.zeros((len(above.groups), 1), dtype=np.int64)
        bases[at[at >= 0], 0] = found.asked[at >= 0]
        states = above.protection(minimum, np.minimum(bases, above.asked[:, np.newaxis]))
        whole, cell = states.groups != Shown.YES, states.cells[:, -1] != Shown.YES
        sealed |= np.where(at >= 0, (cell & ~whole)[at], False)
        together = np.where(at >= 0, whole[at], False)
        if together.any():
            line_of = found.linked.line_of
            sealed |= together & (np.bincount(line_of, own & together) > 0)[line_of]
    return replace(found, linked=replace(found.linked, sealed=sealed)) if sealed.any() else found


def _without_numbers(few: Mask | None, groups: pd.DataFrame, shape: tuple[int, ...], *asked: Any) -> Mask:
    """Ranges of a number are hidden where the table of its mean hides how many gave one: one count is hidden in one way."""
    source, asking, minimum = asked
    key = ("numbers", asking.question, shape_of(source, asking), minimum, asking.sensitive)
    if key not in source.kept:
        given = tallied(
            source, replace(asking, numbers=(asking.question,), limits=()), minimum, None, rowwise=source.responses is None
        )
        source.kept[key] = replace(given, rows=None), (given.protection(minimum).cells != Shown.YES).any(axis=1)
    given, hidden = source.kept[key]
    at = places_of(groups, given.groups)
    own = np.zeros(shape, dtype=bool) if few is None else few
    return np.asarray(own | (hidden[at] & (at >= 0))[:, np.newaxis])


def _sealed_by_crossings(found: Tallied, source: AnswerSource, asking: Tabulation, minimum: int) -> Tallied:
    """Groups made by an answer to another question are hidden where the table of that question hides how many gave it."""
    sealed = np.zeros(len(found.groups), dtype=bool) if found.linked.sealed is None else found.linked.sealed.copy()
    for key in asking.keys:
        crossing = source.question(key)
        if key in source.places or key == asking.question or crossing is None or not crossing.is_select or crossing.repeats:
            continue
        others = {column: value for column, value in asking.filters.items() if column != key}
        within = replace(
            asking, question=key, by=tuple(column for column in asking.by if column != key), where=others,
            numbers=(), limits=(), sensitive=None,
        )  # fmt: skip
        if not set(within.keys) <= set(source.columns):
            continue
        above = _leader(source, within, minimum, frozenset({asking.question}))
        cells = above.protection(minimum).cells != Shown.YES
        at = found.places_among(above.groups)
        answers = list(above.choices)
        missing = asking.filters.get(key, "") if crossing.type == "select_multiple" else ""
        values = [missing if value is None else value for value in texts_or_none(found.groups[key])]
        number = np.array([answers.index(value) if value in answers else -1 for value in values], dtype=np.int64)
        sealed |= (at >= 0) & (number >= 0) & cells[at, number]
    return replace(found, linked=replace(found.linked, sealed=sealed)) if sealed.any() else found


def _leader(source: AnswerSource, asking: Tabulation, minimum: int, led: frozenset[str]) -> Tallied:
    """The table of a leading question, without its rows; made once, since many questions have the same leaders."""
    led &= all_leading(source, asking.question)
    about = asking.question, shape_of(source, asking), minimum
    if ("leader", *about, led) not in source.kept:
        table = source.kept.get(("by itself", *about)) or _by_itself(source, asking, minimum, None)
        if table.rows is None:  # those of earlier releases are made of rows
            source.kept["by itself", *about] = table
        source.kept["leader", *about, led] = replace(_beside_others(table, source, asking, minimum, led), rows=None)
    found: Tallied = source.kept["leader", *about, led]
    return found


def _as_keys(source: AnswerSource, rows: pd.DataFrame, asking: Tabulation) -> pd.DataFrame:
    """The rows with what they are grouped and filtered by as text; dates as whole days, or as long as what is filtered on."""
    cut = rows.copy(deep=False)
    for column in asking.keys:
        if str(rows[column].dtype).startswith("datetime"):
            length = asking.period if column in asking.by else len(asking.filters[column])
            cut[column] = rows[column].dt.strftime("%Y-%m-%d").str.slice(0, length)
        else:
            cut[column] = rows[column].astype("string")
    return source.cut_down(cut, asking.by, asking.filters)


def _choices(source: AnswerSource, asking: Tabulation, answers: Iterable[str], language: str | None) -> dict[str, str]:
    """What is counted: each choice offered or chosen; of two numbers, that both are given, or one without the other."""
    if asking.numbers:
        return dict.fromkeys([GIVEN, *(asking.numbers if len(asking.numbers) > 1 else ())], "")
    if asking.limits:
        return {**dict.fromkeys(map(str, range(len(asking.limits) + 1)), ""), UNANSWERED: ""}
    chosen_ones = {choice for answer in answers for choice in answer.split() or [UNANSWERED]}
    return source.labels(asking.question, chosen_ones, language)
