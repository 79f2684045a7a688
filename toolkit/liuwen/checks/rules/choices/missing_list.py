"""A choice list that a question offers or an expression looks into, and that does not exist."""

from collections.abc import Iterable, Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.expressions import Call, Path, Text
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

NO_LIST = Sentence(
    zh="choices 表里没有列表“{list}”：请加上，或核对写法。",
    en="the choices sheet has no list “{list}”; add it, or check the spelling.",
)
MISSPELT = Sentence(
    zh="choices 表里没有列表“{list}”，是不是想写“{meant}”？",
    en="the choices sheet has no list “{list}”; did you mean “{meant}”?",
)

NOT_HELD = Sentence(
    zh="问卷里没有列表“{list}”，手机算到这里会报错停下：请加上这个列表或文件，或核对写法。",
    en="the form has no list “{list}”, and phones stop here with an error; add the list or file, or check the spelling.",
)
MEANT = Sentence(
    zh="问卷里没有列表“{list}”，手机算到这里会报错停下，是不是想写“{meant}”？",
    en="the form has no list “{list}”, and phones stop here with an error; did you mean “{meant}”?",
)


def missing_list(facts: Facts) -> Iterator[Fault]:
    """Lists from files and from repeats are looked for elsewhere."""
    for name, users in facts.users.items():
        external = users[0].type == "select_one_external"
        lists = facts.form.external_choice_lists if external else facts.form.choice_lists
        in_a_file = external and facts.form.sheet("external_choices") is None
        if not (name in lists or name.startswith("${") or in_a_file):
            yield from _each([facts.at(element, "type") for element in users], name, lists, NO_LIST, MISSPELT)
    held = _held(facts)
    for formula in facts.formulas if not facts.form.is_xform else ():
        for part in formula.parts:
            if isinstance(part, Path) and part.instance and part.instance not in held:
                yield from _each([formula.place], part.instance, held, NOT_HELD, MEANT)


def _each(places: Iterable[Place], name: str, lists: Iterable[str], plain: Sentence, misspelt: Sentence) -> Iterator[Fault]:
    meant = nearest(name, lists)
    for place in places:
        yield error(place, (misspelt if meant else plain).filled(list=name, meant=meant))


def _held(facts: Facts) -> set[str]:
    """What `instance('…')` can look into: the form's own lists, its files, and the answers of last time."""
    held = {"__last-saved", *facts.form.choice_lists}
    for element in facts.elements:
        if element.from_file:
            held.add((element.list_name or "").rpartition(".")[0])
        elif element.type in {"csv-external", "xml-external"}:
            held.add(element.name)
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="pulldata", arguments=(Text(value=name), *_)):
                    held.add(name.removesuffix(".csv"))
                case _:
                    pass
    return held
