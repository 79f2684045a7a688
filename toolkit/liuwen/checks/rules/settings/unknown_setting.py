"""A setting that XLSForm does not know."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.checks.nearest import nearest
from liuwen.form.headers import COLUMNS
from liuwen.messages import Sentence

MISSPELT = Sentence(
    zh="没有“{name}”这个设置，是不是想写“{meant}”？请改列名。",
    en="there is no setting “{name}”; did you mean “{meant}”? Rename the column.",
)
UNKNOWN = Sentence(
    zh="没有“{name}”这个设置，不会起作用：请核对写法，或删去。",
    en="there is no setting “{name}”, so it has no effect; check the spelling, or delete it.",
)
BAD_VALUE = Sentence(zh="“{name}”只能是 {values}：请改正。", en="“{name}” must be one of {values}; correct it.")
_VALUES = {
    "allow_choice_duplicates": ("yes", "no", "true", "false"),
    "style": ("pages", "theme-grid", "theme-formhub", "theme-plain", "theme-kobo", "no-text-transform"),
}


def unknown_setting(facts: Facts) -> Iterator[Fault]:
    """A misspelt setting is ignored silently."""
    present = set(facts.form.settings)
    for header in facts.form.headers("settings"):
        name = header.column
        if name and name not in COLUMNS["settings"] | {"note", "notes"} and not name.startswith(("_", "attribute::")):
            meant = nearest(name, COLUMNS["settings"] - present)
            place = facts.place("settings", 1, name)
            yield warning(place, MISSPELT.filled(name=name, meant=meant)) if meant else note(place, UNKNOWN.filled(name=name))
    for name, values in _VALUES.items():
        written = facts.form.settings.get(name, "").lower()
        if written and not all(word in values for word in written.split()):
            yield warning(facts.place("settings", 2, name), BAD_VALUE.filled(name=name, values=", ".join(values)))
