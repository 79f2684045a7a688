"""A made-up town: villages with plausible names and unlike circumstances, for demonstrations and tests. No such place exists.

Its figures are of about 2026, around those of the country: rural households of 2.6 people and 23.8 per cent of rural people
aged 60 or over (National Bureau of Statistics, seventh census, 2020); 23,119 yuan of disposable income a rural head in 2024,
with 6 per cent more a year (its communiqués); about 180 million rural people working outside their town, of 460 million (its
survey of migrant workers, 2024); 34 million people on the rural living allowance (Ministry of Civil Affairs, 2023), so 7 per
cent. Plains lie above them, mountains below.
"""

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

TOWN = ("qinghe", "青禾镇（虚构）", "Qinghe town (made up)")
_SIZES = ("", "上 shang", "下 xia", "大 da", "小 xiao")
_FIRST = "柳 liu,松 song,竹 zhu,梅 mei,枫 feng,石 shi,清 qing,云 yun,双 shuang,桃 tao,白 bai,长 chang,红 hong".split(",")
_SECOND = "溪 xi,桥 qiao,塘 tang,岭 ling,湾 wan,坪 ping,坡 po,井 jing,坝 ba,渡 du,冲 chong,畈 fan".split(",")
# 13 and 12 have no common divisor: stepping through both at once meets each of the 156 pairs before the first comes again.
_TERRAINS = {
    "plain": ((0.5, 4), ("crops", "local_wage", "fish")),
    "hills": ((2, 9), ("crops", "fruit_forest", "migrant_wage")),
    "mountain": ((5, 18), ("migrant_wage", "livestock", "fruit_forest")),
}
"""Terrain → range of the way to the clinic (km), and main sources of income (of the list `income_sources`)."""


def made_up_town(villages: int = 12, seed: int = 20100419) -> "pd.DataFrame":
    """Make up a town for demonstrations and tests. The same seed gives the same town.

    Args:
        villages: The number of villages, at most 780.
        seed: The seed of everything random.

    Returns:
        One row per village: `town`, `village` (codes), `town_label_zh`, `town_label_en`, `label_zh`, `label_en`; then a
        profile: `households`, `population`, `elderly_share`, `migrant_share`, `hardship_share` (0 to 1), `clinic_km`,
        `town_km`, `terrain` (plain, hills, mountain), `main_income` (a value of the list `income_sources`), `paved`
        (whether the road is paved), `income` (yuan per person and year) and `synthetic`, always true.

    Example:
        >>> town = made_up_town(3)
        >>> list(town.columns[:2]), len(town), bool(town["synthetic"].all())
        (['town', 'village'], 3, True)
    """
    import pandas as pd

    draw = random.Random(seed)
    first, second = draw.sample(_FIRST, 13), draw.sample(_SECOND, 12)
    frame = pd.DataFrame([_village(*_name(number, first, second), draw) for number in range(villages)])
    frame.attrs["synthetic"] = True
    return frame


def _name(number: int, first: list[str], second: list[str]) -> tuple[str, str]:
    size = _SIZES[number // 156]
    parts = [part.partition(" ") for part in (size, first[number % 13], second[number % 12])]
    return "".join(zh for zh, _, _ in parts), "".join(pinyin for _, _, pinyin in parts)


def _village(zh: str, pinyin: str, draw: random.Random) -> dict[str, object]:
    terrain = draw.choice(list(_TERRAINS))
    clinic, incomes = _TERRAINS[terrain]
    remoteness = list(_TERRAINS).index(terrain) / 2
    households = draw.randint(120, 620)
    return {
        "town": TOWN[0],
        "village": pinyin,
        "town_label_zh": TOWN[1],
        "town_label_en": TOWN[2],
        "label_zh": f"{zh}村",
        "label_en": pinyin.capitalize(),
        "households": households,
        "population": round(households * draw.uniform(2.3, 3.1)),
        "elderly_share": round(draw.uniform(0.18, 0.24) + 0.09 * remoteness, 3),
        "migrant_share": round(draw.uniform(0.25, 0.38) + 0.18 * remoteness, 3),
        "hardship_share": round(draw.uniform(0.03, 0.07) + 0.09 * remoteness, 3),
        "clinic_km": round(draw.uniform(*clinic), 1),
        "town_km": round(draw.uniform(2, 8) + 14 * remoteness, 1),
        "terrain": terrain,
        "main_income": draw.choice(incomes),
        "paved": draw.random() > 0.1 + 0.5 * remoteness,
        "income": round(draw.uniform(26500, 34500) * (1 - 0.4 * remoteness), -2),
        "synthetic": True,
    }
