"""A question whose choice list does not exist."""

from collections.abc import Iterator

from liuwen.check.facts import Facts
from liuwen.check.findings import Fault, error
from liuwen.check.nearest import nearest
from liuwen.messages import Sentence

NO_LIST = Sentence(
    zh="choices 表里没有列表“{list}”：请加上，或核对写法。",
    en="the choices sheet has no list “{list}”; add it, or check its spelling.",
)
MISSPELT = Sentence(
    zh="choices 表里没有列表“{list}”，是不是想写“{meant}”？",
    en="the choices sheet has no list “{list}”; did you mean “{meant}”? Correct it.",
)


def missing_list(facts: Facts) -> Iterator[Fault]:
    """Lists from files and from repeats are looked for elsewhere."""
    for name, users in facts.users.items():
        external = users[0].type == "select_one_external"
        lists = facts.form.external_choice_lists if external else facts.form.choice_lists
        in_a_file = external and facts.form.sheet("external_choices") is None
        if name in lists or name.startswith("${") or in_a_file:
            continue
        meant = nearest(name, lists)
        for element in users:
            yield error(
                facts.at(element, "type"), MISSPELT.filled(list=name, meant=meant) if meant else NO_LIST.filled(list=name)
            )
