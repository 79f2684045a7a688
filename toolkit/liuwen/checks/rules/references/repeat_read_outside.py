"""An answer inside a repeat, read from outside without saying which."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Call, Expression, Named, Path, parts, references
from liuwen.expressions.functions import ARITIES
from liuwen.form.elements import Element
from liuwen.messages import Sentence

STOPS = Sentence(
    zh="“{name}”在重复组“{repeat}”里有许多个：一加到第二个，手机就在这里报错停下。"
    "请用 sum()、count()、join() 或 indexed-repeat()。",
    en="“{name}” exists once for each “{repeat}”: as soon as there are two, phones stop here with an error. Use sum(), count(), "
    "join() or indexed-repeat().",
)
COUNT_INSIDE = Sentence(
    zh="重复组“{repeat}”的个数写成了组里的“{name}”，要等进了组才有答案：请在重复组之前问个数。",
    en="the number of “{repeat}” is read from “{name}” inside it, which is only answered once it has begun; ask for the number "
    "before the repeat.",
)
IN_WORDS = Sentence(
    zh="“{name}”在重复组“{repeat}”里有许多个：一加到第二个，手机显示这句话时就报错停下。请加一道 calculate 题写 "
    "join(', ', ${{{name}}})，在这里引用它。",
    en="“{name}” exists once for each “{repeat}”: as soon as there are two, phones stop with an error where this is shown. "
    "Refer to a calculation join(', ', ${{{name}}}) instead.",
)
IN_THE_HINT = Sentence(
    zh="“{name}”在重复组“{repeat}”里有许多个，这条提示里什么也不显示：请引用一道 calculate 题，如 join(', ', ${{{name}}})。",
    en="“{name}” exists once for each “{repeat}”, and this hint shows nothing for it; refer to a calculation such as "
    "join(', ', ${{{name}}}).",
)
AT_THE_START = Sentence(
    zh="“{name}”在重复组“{repeat}”里；默认值在表单打开时就算好，那时它还没有答案：请改用 calculate，如 join(', ', ${{{name}}})。",
    en="“{name}” is in the repeat “{repeat}”, and a default is computed when the form opens, when it has no answer yet; use a "
    "calculation, such as join(', ', ${{{name}}}).",
)
IN_THE_NAME = Sentence(
    zh="“{name}”在重复组“{repeat}”里有许多个，instance_name 读到两个就报错停下：请改用组外的题，或 join(', ', ${{{name}}})。",
    en="“{name}” exists once for each “{repeat}”, and phones stop with an error when instance_name reads two of them; use a "
    "question outside the repeat, or join(', ', ${{{name}}}).",
)
_AGGREGATES = frozenset(
    "sum count min max join concat count-non-empty indexed-repeat area distance position intersects randomize "
    "sum-if count-if min-if max-if join-if rank-index checklist weighted-checklist".split()
)
_ONE_SET_ALONE = frozenset({"concat", "min", "max"})


def repeat_read_outside(facts: Facts) -> Iterator[Fault]:
    """Aggregates, indexed-repeat and paths with a filter say which one they mean."""
    for formula in facts.formulas:
        if formula.tree is None or formula.place.sheet == facts.place("entities").sheet:
            continue
        for named in {each.name: each for each in _plainly_read(formula.tree)}.values():
            read = facts.only.get(named.name)
            if read and _counts_itself(formula, read):
                yield error(formula.place, COUNT_INSIDE.filled(name=read.name, repeat=read.repeats[-1].name))
                continue
            repeat = _left_out(read, formula.element) if read and not named.last_saved else None
            if read and repeat and not _offers_each(facts, formula, read):
                values = {"name": read.name, "repeat": repeat.name}
                if formula.column == "default":
                    yield warning(formula.place, AT_THE_START.filled(**values))
                else:
                    said = IN_THE_NAME if formula.column == "instance_name" else STOPS
                    yield error(formula.place, said.filled(**values))
    yield from _in_words(facts)


def _in_words(facts: Facts) -> Iterator[Fault]:
    """The same in labels, hints and messages; a hint is shown without it."""
    for element, cell in facts.survey_texts:
        for name in dict.fromkeys(found.name for found in references(cell.text)):
            read = facts.only.get(name)
            repeat = _left_out(read, element) if read else None
            if repeat:
                is_hint = "hint" in cell.column
                said = (IN_THE_HINT if is_hint else IN_WORDS).filled(name=name, repeat=repeat.name)
                yield (warning if is_hint else error)(cell.place, said)


def _counts_itself(formula: Formula, read: Element) -> bool:
    """Whether the number of a repeat is read from inside it."""
    return formula.column == "repeat_count" and formula.element is not None and formula.element in read.repeats


def _left_out(read: Element, here: Element | None) -> Element | None:
    """The innermost repeat around what is read that is not around here, and may come more than once."""
    around = {repeat.row for repeat in (*here.repeats, here)} if here else set[int]()
    several = (repeat for repeat in reversed(read.repeats) if repeat.cell("repeat_count") not in {"0", "1"})
    return next((repeat for repeat in several if repeat.row not in around), None)


def _offers_each(facts: Facts, formula: Formula, read: Element) -> bool:
    """Whether it is the filter of a select that offers the answers of that repeat, and so is tried on each in turn."""
    listed = (formula.element.list_name or "") if formula.element and formula.column == "choice_filter" else ""
    source = facts.only.get(listed[2:-1]) if listed.startswith("${") else None
    return source is not None and source.repeats == read.repeats


def _plainly_read(tree: Expression) -> Iterator[Named]:
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Named):
            yield part
        elif isinstance(part, Path) and (part.predicates or part.steps):
            continue
        elif not (isinstance(part, Call) and _gathers(part)):
            waiting.extend(parts(part))


def _gathers(call: Call) -> bool:
    """Whether a function takes the whole set; `concat('HH ', ${name})` and `max(${age}, 18)` want one value of it."""
    if call.function.lower() in _AGGREGATES and call.function not in ARITIES and call.function not in _AGGREGATES:
        return True  # SUM: `unknown-function` says what to write
    if call.function in _ONE_SET_ALONE:
        return len(call.arguments) == 1
    return call.function in _AGGREGATES
