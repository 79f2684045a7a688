"""A question or group named like the root of the submission."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.messages import Sentence

LIKE_ROOT = Sentence(
    zh="整份答卷的根就叫“{name}”，一引用 ${{{name}}}，转换就会失败：请改名，例如 {name}_1。",
    en="the root of every submission is called “{name}”, so the conversion fails as soon as something refers to "
    "${{{name}}}; rename it, to {name}_1 for example.",
)


def named_like_root(facts: Facts) -> Iterator[Fault]:
    """The root is `data`, or the setting `name`; an error once something refers to it. Of repeats `duplicate-names` says it."""
    read = {name for _, name in facts.references}
    for element in facts.elements:
        if element.name == facts.form.root and element.kind != "repeat" and not facts.form.is_xform:
            yield (error if element.name in read else warning)(facts.at(element, "name"), LIKE_ROOT.filled(name=element.name))
