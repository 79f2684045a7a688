"""Backwards from what should happen in an interview to the answers that bring it about."""

from collections.abc import Mapping, Sequence

from liuwen.engine.paths import unpositioned
from liuwen.expressions import ExpressionError, try_parse
from liuwen.expressions.evaluation import fixed_number
from liuwen.form.elements import Choice, Element
from liuwen.form.model import Form
from liuwen.logic.comparisons import bound
from liuwen.logic.conditions import ALWAYS, NEVER, Condition, path_of
from liuwen.logic.goals import Conflict, Goal, joined
from liuwen.logic.limits import limits_of
from liuwen.logic.offers import Offers
from liuwen.logic.ways import Ways, bounded, combined, placed
from liuwen.messages import Sentence

NO_CHOICE = Sentence(zh="“{name}”的选项里没有“{value}”", en="'{name}' has no choice '{value}'")
NOT_ALLOWED = Sentence(
    zh="“{name}”的约束条件（{constraint}）不允许需要的数值",
    en="the constraint of '{name}' ({constraint}) does not allow the number that is needed",
)
ALL_EXCLUDED = Sentence(zh="“{name}”的选项都被排除了", en="every choice of '{name}' is ruled out")
THROUGH = Sentence(
    zh="要先问到“{name}”，而{reason}",
    en="'{name}' must be asked first, and {reason}",
)
FORBIDDEN = Sentence(
    zh="“{name}”的约束条件（{constraint}）不允许“{value}”",
    en="the constraint of '{name}' ({constraint}) forbids '{value}'",
)
REQUIRED = Sentence(zh="“{name}”必须回答，不能留空", en="'{name}' must be answered and cannot be left blank")

_DEEPEST = 25


class Solver:
    """Works back from a form's conditions: relevance, choice filters, calculations and constraints."""

    def __init__(self, form: Form, offers: Offers) -> None:
        self._form = form
        self.offers = offers

    # -- what is wanted ---------------------------------------------------------------------------------------------

    def asking(self, element: Element, *, seen: frozenset[str] = frozenset()) -> Ways:
        """Ways to have a question, group or repeat shown: its own condition and those of everything around it hold."""
        conditions = [part for part in (*element.parents, element) if part.cell("relevant")]
        yield from self._all([self.condition(part, want=True, seen=seen) for part in conditions], seen | {path_of(element)})

    def condition(self, element: Element, *, want: bool, seen: frozenset[str] = frozenset()) -> Ways:
        """Ways to have an element's own `relevant` hold, or not hold."""
        yield from self._text(element.cell("relevant"), want)

    def counting(self, repeat: Element, fewest: int, *, want: bool = True) -> Ways:
        """Ways to have a repeat's count come to so many at least, or to fewer: phones begin one also where it is 0 or blank."""
        yield from self._text(f"({repeat.cell('repeat_count')}) >= {fewest}", want)

    def accepting(self, element: Element) -> Ways:
        """Ways to have a constraint hold; closed where it holds for no answer at all."""
        yield from self._text(element.cell("constraint"), want=True, owner=element)

    def refusing(self, element: Element) -> Ways:
        """Ways to have a constraint not hold; closed where it holds for every answer."""
        yield from self._text(element.cell("constraint"), want=False, owner=element)

    def offering(self, element: Element, choice: Choice) -> Ways:
        """Ways to have a choice offered: the choice filter holds for it."""
        text = element.cell("choice_filter")
        if text and element.from_file and not choice.columns:
            yield None  # a file whose columns were not read
            return
        columns = {"name": choice.name, **choice.columns}
        yield from self._text(text, want=True, columns=columns) if text else iter([{}])

    def together(self, *wanted: Ways) -> Ways:
        """Ways to bring all of it about, and to have everything asked that this depends on."""
        yield from self._all(list(wanted), frozenset())

    # -- conjunction, with what the goals themselves need ------------------------------------------------------------

    def _all(self, wanted: list[Ways], seen: frozenset[str]) -> Ways:
        for way in bounded(combined([bounded(each) for each in wanted])):
            if isinstance(way, dict):
                yield from self._grounded(way, seen)
            else:
                yield way

    def _grounded(self, goals: dict[str, Goal], seen: frozenset[str]) -> Ways:
        """The goals with all that is needed for their questions to be asked at all."""
        needed = [path for path, goal in goals.items() if goal.wants_answer and path not in seen]
        if not needed or len(seen) > _DEEPEST:
            yield goals
            return
        path = needed[0]
        for way in self._needed(path, seen):
            if isinstance(way, dict):
                try:
                    both = joined(goals, way)
                except Conflict as closed:
                    yield closed
                else:
                    yield from self._grounded(both, seen | {path})
            elif way is None:
                yield None
            else:
                yield Conflict(THROUGH.filled(name=self._form[unpositioned(path)].name, reason=way.sentence))

    def _needed(self, path: str, seen: frozenset[str]) -> Ways:
        """Ways to have the question at `path` asked, in the instance that the path names."""
        element = self._form[unpositioned(path)]
        ways = self.asking(element, seen=seen | {path})
        if not element.repeats or "[" not in path:
            yield from ways
            return
        repeat = element.repeats[-1]
        position = int(path.rpartition("[")[2].partition("]")[0])
        sides = [[placed(way, path_of(repeat), position) for way in bounded(ways)]]
        if position > 1 and repeat.cell("repeat_count"):
            sides.append(bounded(self.counting(repeat, position)))
        yield from combined(sides)

    # -- expressions ------------------------------------------------------------------------------------------------

    def _text(self, text: str, want: bool, columns: Mapping[str, str] | None = None, owner: Element | None = None) -> Ways:
        tree = try_parse(text)
        if isinstance(tree, ExpressionError):
            yield None
            return
        reached = False
        for way in Condition(self, text, columns or {}, owner=owner).all_ways(tree, want):
            reached = True
            yield way
        if not reached:
            yield Conflict((NEVER if want else ALWAYS).filled(condition=text))

    def named(self, name: str) -> Element | None:
        """The element that `${name}` means, if there is one."""
        found: Element | None = None
        if name in self._form:
            found = self._form[name]
        return found

    def offered(self, element: Element) -> Sequence[str] | None:
        """The values that a select offers, all of them; None for other questions, and where more may be answered."""
        listed = self.offers.of(element)
        return None if listed is None or element.or_other else listed.names

    def feasible(self, element: Element, goal: Goal) -> dict[str, Goal] | Conflict:
        """The goal for an element, or why its own choices and constraint rule it out."""
        try:
            goal.check(element.name)
            self._check_choices(element, goal)
            self._check_bounds(element, goal)
        except Conflict as closed:
            return closed
        always_asked = element.is_asked and not element.cell("relevant") and not element.parents
        if goal.answered is False and always_asked and element.cell("required").lower() in {"yes", "true", "true()"}:
            return Conflict(REQUIRED.filled(name=element.name))
        return {path_of(element): goal}

    def _check_choices(self, element: Element, goal: Goal) -> None:
        offered = self.offers.of(element)
        if offered is None or element.or_other:
            return
        wanted = goal.include | set(_taken(element, goal.equal or ""))
        for value in sorted(wanted - set(offered.names)):
            raise Conflict(NO_CHOICE.filled(name=element.name, value=value))
        if goal.wants_answer and not set(offered.names) - goal.exclude:
            raise Conflict(ALL_EXCLUDED.filled(name=element.name))
        for value in sorted(wanted):
            self.check_allowed(element, value)

    def check_allowed(self, element: Element, value: str) -> None:
        """Raise `Conflict` where the constraint of a select forbids one of its choices, whatever else is answered."""
        text = element.cell("constraint")
        tree = try_parse(text) if text else None
        if tree is None or isinstance(tree, ExpressionError):
            return
        alone = element.type == "select_one"
        condition = Condition(self, text, {}, here=value) if alone else Condition(self, text, {}, among=value)
        ways = bounded(condition.all_ways(tree, want=True))
        if all(isinstance(way, Conflict) for way in ways):
            raise Conflict(FORBIDDEN.filled(name=element.name, constraint=text, value=value))

    def _check_bounds(self, element: Element, goal: Goal) -> None:
        if element.type not in {"integer", "decimal"} or not element.cell("constraint"):
            return
        low, high = goal.low, goal.high
        for operator, expression in limits_of(element.cell("constraint")).bounds:
            number = fixed_number(expression)
            if number is None:
                continue
            if operator in {">", ">=", "="}:
                least = bound(element, ">=" if operator == "=" else operator, number)
                low = least if low is None else max(least, low)
            if operator in {"<", "<=", "="}:
                greatest = bound(element, "<=" if operator == "=" else operator, number)
                high = greatest if high is None else min(greatest, high)
        if low is not None and high is not None and low > high:
            raise Conflict(NOT_ALLOWED.filled(name=element.name, constraint=element.cell("constraint")))


def _taken(element: Element, answer: str) -> list[str]:
    """The choices in an answer: of a select_one all of it."""
    return [answer] if element.type == "select_one" and answer else answer.split()
