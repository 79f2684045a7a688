"""Conditions and calculations that depend on each other in a circle."""

from collections.abc import Iterator, Mapping

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

ITSELF = Sentence(
    zh="“{name}”的 {column} 用到了它自己，表单打不开：请去掉这个引用。",
    en="the {column} of “{name}” depends on itself, and the form does not open; remove the reference.",
)
CIRCLE = Sentence(
    zh="{names} 互相依赖，没有尽头，表单打不开：请去掉其中一处引用。",
    en="{names} depend on each other in a cycle, and the form does not open; remove one of the references.",
)
_COLUMNS = ("relevant", "calculation", "required", "read_only")


def reference_cycle(facts: Facts) -> Iterator[Fault]:
    """As JavaRosa sees it: relevance, calculation, required and read-only; a group's relevance is that of all within."""
    for component in _circles(_dependencies(facts)):
        members = [facts.form_element(row) for row in sorted(component)]
        first = members[0]
        cells = (facts.formula_of.get((element.row, column)) for element in members for column in _COLUMNS)
        cell = next((cell for cell in cells if cell and _mentions(facts, cell, component)), None)
        place = cell.place if cell else facts.at(first)
        if len(members) == 1:
            yield error(place, ITSELF.filled(name=first.name, column=place.column or ""))
        else:
            yield error(place, CIRCLE.filled(names=", ".join(f"${{{element.name}}}" for element in members[:6])))


def _dependencies(facts: Facts) -> dict[int, set[int]]:
    needs: dict[int, set[int]] = {}
    for element in facts.elements:
        needed = {element.parents[-1].row} if element.parents else set()
        for column in _COLUMNS:
            cell = facts.formula_of.get((element.row, column))
            needed |= facts.targets(cell) if cell else set()
        needs[element.row] = needed
    return needs


def _mentions(facts: Facts, cell: Formula, rows: set[int]) -> bool:
    return bool(facts.targets(cell) & rows)


def _circles(needs: Mapping[int, set[int]]) -> Iterator[set[int]]:
    """The strongly connected components that are circles (Tarjan 1972, without recursion)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    for root in needs:
        if root in order:
            continue
        work = [(root, iter(needs[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        held.add(root)
        while work:
            node, ahead = work[-1]
            following = next((other for other in ahead if other in needs and (other not in order or other in held)), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    component = set(stack[stack.index(node) :])
                    del stack[stack.index(node) :]
                    held -= component
                    if len(component) > 1 or node in needs[node]:
                        yield component
            elif following in order:
                low[node] = min(low[node], order[following])
            else:
                order[following] = low[following] = len(order)
                stack.append(following)
                held.add(following)
                work.append((following, iter(needs[following])))
