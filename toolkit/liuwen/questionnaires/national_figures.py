"""The country's rural figures beside those of the made-up town and its households, and the page that shows both.

A figure is of residents (at home six months or more) unless it says otherwise, as the census counts them. The tolerances are wide
on purpose: the town is for trying things out, and stands for no place.
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from liuwen.messages import Sentence
from liuwen.questionnaires.made_up_living import GROUPS, INCOME_A_HEAD, MEDIAN, income_a_head
from liuwen.questionnaires.made_up_people import DOORS, Member, household_of
from liuwen.questionnaires.town import made_up_town

if TYPE_CHECKING:
    import pandas as pd

FILES: dict[Literal["zh", "en"], str] = {"en": "made-up-town.md", "zh": "made-up-town.zh-CN.md"}
HOUSEHOLDS = 4000
"""How many households are drawn."""
VILLAGES = 300
TITLE = Sentence(zh="# 虚构的镇和全国数字", en="# The made-up town beside the country's figures")
INTRO = Sentence(
    zh="`simulate` 默认由虚构的住户作答，`made_up_town` 给出虚构的村。下表把它们和全国农村的数字放在一起：{households} 户，"
    "{villages} 个村。差距不超过允许的范围，由测试保证。每次走访见到什么（没人、外出、空房），是假定的，没有全国数字可比。"
    "本页由 `liuwen.questionnaires.national_figures.write` 生成，请不要手工修改。",
    en="By default `simulate` lets made-up households answer, and `made_up_town` gives made-up villages. The table sets them "
    "beside the country's rural figures: {households} households, {villages} villages. A test holds the differences within the "
    "tolerance. What a visit finds at the door (nobody, away, vacant) is assumed; there is no national figure to compare it "
    "with. This page is written by `liuwen.questionnaires.national_figures.write`; do not edit it by hand.",
)
HEADS = {
    "zh": ("数字", "全国", "虚构的", "允许相差", "来源和说明"),
    "en": ("Figure", "Country", "Made up", "Tolerance", "Source and remarks"),
}
SHORT_WAYS = Sentence(
    zh="走访人里有一部分（`perfunctory`，默认 15 %）会走捷径：一种是赶时间的，家里的人少写几个，能勾“没有”就勾“没有”，"
    "每个评价都是“好”，从不选“其他”；一种是评价全选一档的；一种是照抄前一份的。",
    en="Some of the visitors (`perfunctory`, 15 % by default) take short ways. Some hurry: they leave out members of the "
    "household, tick *none* wherever they can, find everything good and never choose *other*. Some give every scale the same "
    "step; some copy an earlier interview.",
)
_CENSUS = Sentence(zh="国家统计局，第七次人口普查，2020", en="National Bureau of Statistics, seventh census, 2020")
_INCOMES = Sentence(
    zh="国家统计局：2024年23,119元，2025年前三季度增长5.7%；本表取2025年",
    en="National Bureau of Statistics: 23,119 yuan in 2024, 5.7 % more in the first three quarters of 2025; here of 2025",
)
_LEFT = Sentence(
    zh="国家统计局2024年农民工监测调查报告，外出农民工17,871万人；乡村人口46,478万人。虚构的包括常年外出的整户，按每户2.5人计；"
    "全家在城里落脚、村里没有房子的，名册上没有，所以偏低",
    en="National Bureau of Statistics, migrant workers in 2024: 178.71 million outside their town, of 464.78 million rural "
    "people. Made up: with whole households that live away, 2.5 people each; "
    "families without a house in the village are not listed, so it is lower",
)


class Figure(NamedTuple):
    """One figure: what it is of, the country's, what is made up, how far apart they may be, where the country's comes from."""

    what: Sentence
    national: float
    ours: float
    tolerance: float
    source: Sentence
    decimals: int = 1

    @property
    def holds(self) -> bool:
        """Whether the made-up figure is within the tolerance."""
        return abs(self.ours - self.national) <= self.tolerance


def figures() -> tuple[Figure, ...]:
    """Every figure, of households and villages that are always the same.

    Returns:
        The figures, in per cent, people or yuan as each says.
    """
    return (*_of_households(_households()), *_of_incomes(), *_of_villages(made_up_town(VILLAGES)))


def page(language: Literal["zh", "en"]) -> str:
    """The page in one language.

    Args:
        language: The language.

    Returns:
        Markdown.
    """
    rows = [
        f"| {each.what.in_language(language)} | {each.national:,.{each.decimals}f} | {each.ours:,.{each.decimals}f} "
        f"| ± {each.tolerance:,.{each.decimals}f} | {each.source.in_language(language)} |"
        for each in figures()
    ]
    heads = HEADS[language]
    intro = INTRO.filled(households=f"{HOUSEHOLDS:,}", villages=VILLAGES).in_language(language)
    table = "\n".join([f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *rows])
    return f"{TITLE.in_language(language)}\n\n{intro}\n\n{table}\n\n{SHORT_WAYS.in_language(language)}\n"


def write(folder: Path) -> None:
    """Write both pages.

    Args:
        folder: Where to, such as `docs`.
    """
    for language, name in FILES.items():
        (folder / name).write_text(page(language), encoding="utf-8")


def _households() -> list[tuple[Member, ...]]:
    return [household_of({"village": "v", "household": str(number)}) for number in range(HOUSEHOLDS)]


def _of_households(made: Sequence[tuple[Member, ...]]) -> list[Figure]:
    homes = [[person for person in people if person.months >= 6] for people in made]
    residents = [person for people in homes for person in people]

    def share(true: Callable[[Member], bool]) -> float:
        return 100 * sum(map(true, residents)) / len(residents)

    def of_homes(true: Callable[[Sequence[Member]], bool]) -> float:
        return 100 * sum(map(true, homes)) / len(homes)

    away = sum(person.months < 6 for people in made for person in people)
    met = DOORS["ready"] + DOORS["nobody"] + DOORS["no_adult"]
    gone = (away * met / len(made) + 2.5 * DOORS["away"]) / (len(residents) * met / len(made))
    size = Sentence(zh="每户人数", en="People in a household")
    alone = Sentence(zh="一人户，%", en="Households of one person, %")
    three = Sentence(zh="三代以上同住的户，%", en="Households of three generations or more, %")
    old = Sentence(zh="60岁及以上，%", en="Aged 60 or over, %")
    young = Sentence(zh="0到14岁，%", en="Aged 0 to 14, %")
    outside = Sentence(zh="每100名常住人口，在乡镇以外做工的人", en="People working outside their town, to 100 residents")
    allowance = Sentence(zh="低保户（人），%", en="On the rural living allowance, %")
    everywhere = Sentence(zh=f"{_CENSUS.zh}，城乡合计", en=f"{_CENSUS.en}, town and country together")
    ageing = Sentence(zh=f"{_CENSUS.zh}，乡村；此后年年上升", en=f"{_CENSUS.en}, rural; it has risen since")
    ministry = Sentence(
        zh="民政部2023年：农村低保3,399万人，乡村人口47,700万人",
        en="Ministry of Civil Affairs, 2023: 33.99 million people, of 477 million",
    )
    on_it = 100 * sum(share for name, share in GROUPS.items() if "allowance" in name.split()) / sum(GROUPS.values())
    return [
        Figure(size, 2.62, len(residents) / len(homes), 0.25, everywhere, 2),
        Figure(alone, 25.4, of_homes(lambda people: len(people) == 1), 4, everywhere),
        Figure(three, 13.8, of_homes(_three_generations), 4, everywhere),
        Figure(old, 23.8, share(lambda person: person.age >= 60), 5, ageing),
        Figure(
            young, 19.3, share(lambda person: person.age < 15), 4, Sentence(zh=f"{_CENSUS.zh}，乡村", en=f"{_CENSUS.en}, rural")
        ),
        Figure(outside, 38.5, 100 * gone, 12, _LEFT),
        Figure(allowance, 7.1, on_it, 1.5, ministry),
    ]


def _three_generations(people: Sequence[Member]) -> bool:
    relations = {person.relation for person in people}
    return {"parent", "child"} <= relations and bool(relations & {"head", "spouse"})


def _of_incomes() -> list[Figure]:
    chance = random.Random(2026)
    incomes = sorted(income_a_head(INCOME_A_HEAD, chance) for _ in range(HOUSEHOLDS))
    mean = sum(incomes) / len(incomes)
    middle = Sentence(zh="收入中位数占平均数，%", en="Median income as a part of the mean, %")
    nine_months = Sentence(
        zh="国家统计局，2025年前三季度，农村", en="National Bureau of Statistics, first three quarters of 2025, rural"
    )
    return [
        Figure(
            Sentence(zh="住户：人均年收入，元", en="Households: net income a head, yuan"), INCOME_A_HEAD, mean, 1500, _INCOMES, 0
        ),
        Figure(middle, 100 * MEDIAN, 100 * incomes[len(incomes) // 2] / mean, 4, nine_months),
    ]


def _of_villages(town: "pd.DataFrame") -> list[Figure]:
    people = town["population"]
    income = float((town["income"] * people).sum() / people.sum())
    elders = float(100 * (town["elderly_share"] * people).sum() / people.sum())
    away = float(100 * (town["migrant_share"] * people).sum() / people.sum())
    ageing = Sentence(zh=f"{_CENSUS.zh}，乡村；此后年年上升", en=f"{_CENSUS.en}, rural; it has risen since")
    migrants = Sentence(
        zh="国家统计局，2024年：外出农民工17,871万人，乡村人口46,478万人",
        en="National Bureau of Statistics, 2024: 178.71 million, of 464.78 million rural people",
    )
    return [
        Figure(
            Sentence(zh="各村：人均年收入，元", en="Villages: net income a head, yuan"), INCOME_A_HEAD, income, 2500, _INCOMES, 0
        ),
        Figure(
            Sentence(zh="各村：每户人数", en="Villages: people in a household"),
            2.62,
            float(people.sum() / town["households"].sum()),
            0.25,
            Sentence(zh=f"{_CENSUS.zh}，城乡合计", en=f"{_CENSUS.en}, town and country together"),
            2,
        ),
        Figure(Sentence(zh="各村：60岁及以上，%", en="Villages: aged 60 or over, %"), 23.8, elders, 5, ageing),
        Figure(Sentence(zh="各村：外出的，%", en="Villages: working away, %"), 38.5, away, 5, migrants),
    ]
