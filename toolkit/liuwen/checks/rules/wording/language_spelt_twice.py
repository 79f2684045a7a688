"""One language that headers spell in two ways."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.languages import spelt_twice
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

SPELT = Sentence(
    zh="“{language}”与“{other}”是同一种语言的两种写法，手机当作两种语言，各缺一半文字：请把列名改成“{meant}”。",
    en="“{language}” and “{other}” are one language written in two ways, which phones show as two languages with half of the "
    "texts each; rename this column to “{meant}”.",
)
SAME_CODE = Sentence(
    zh="“{language}”与“{other}”的代码相同：如果是同一种语言，请把列名改成“{meant}”；如果不是，请改代码。",
    en="“{language}” and “{other}” have the same code; if they are one language, rename this column to “{meant}”, otherwise "
    "change the code.",
)


def language_spelt_twice(facts: Facts) -> Iterator[Fault]:
    """Capitals, spaces and a missing code make another language; the spelling of fewer columns is the one to mend."""
    rarer = {language: (other, certain) for language, other, certain in spelt_twice(facts.form)}
    for sheet in ("survey", "choices"):
        held = facts.form.sheet(sheet)
        for means, header in zip(facts.form.headers(sheet), held.header if held else (), strict=True):
            if held and means.language in rarer:
                other, certain = rarer[means.language]
                meant = header[: len(header) - len(means.language)] + other
                said = SPELT if certain else SAME_CODE
                place = Place(held.name, 1, header)
                yield (error if certain else warning)(place, said.filled(language=means.language, other=other, meant=meant))
