"""Vocabulary that shows what a question is about (a place, an age, consent), in Chinese and English."""

import re
from functools import lru_cache

PLACES = (
    r"village|hamlet|neighbou?rhood|settlement|communit(y|ies)\b|camp\b|\bsite\b|locality|cluster"
    r"|自然村|行政村|村(?!民|规|委|两委|干部)|社区|居委|小区|屯|寨",
    r"township|town(?!ship)|ward|commune|parish|admin ?[34]|乡|镇|街道",
    r"district|county|municipal|admin ?2|sub ?district|city|县|区(?!别)|市(?!场)",
    r"province|state|region|governorate|oblast|admin ?1|\barea\b|location|gps point|省|地区|地点|位置",
)
"""Words for places, from the smallest to the largest."""
NOT_A_PLACE = re.compile(
    r"displace|(in|how|why|when|are|is|do|does|did|has|have)\b.*\?|status|state of|committee|leader|official|村民|干部|满意|评价",
    re.IGNORECASE,
)
AGE = re.compile(r"(^|_)age(_|$)|years_old|岁|年龄", re.IGNORECASE)
BIRTH = re.compile(r"birth|(^|_)dob(_|$)|born|出生|生日", re.IGNORECASE)
PEOPLE = re.compile(r"count|people|persons|size|members|number_of|how_many|人数|人口", re.IGNORECASE)
"""Names of questions on a number of people."""
CONSENT = re.compile(r"consent|agree to (take part|participate|be interviewed)|\bconsented\b|同意|自愿|知情", re.IGNORECASE)
"""Labels and names of the question that asks for consent to the interview."""
AGREEMENT = re.compile(r"consent|agree|willing|permission|同意", re.IGNORECASE)
"""Names of questions that ask for agreement, to an interview or to anything else."""


def place_in_label(label: str) -> int | None:
    """The level of the place that a label mentions, 0 for the smallest; None if it mentions none."""
    if NOT_A_PLACE.search(label):
        return None
    return next((fineness for fineness, words in enumerate(PLACES) if re.search(words, label, re.IGNORECASE)), None)


@lru_cache(maxsize=65536)
def place_word(name: str) -> int | None:
    """The level of the place word that ends a name, 0 for the smallest; None if there is none.

    >>> place_word("village_name"), place_word("admin3"), place_word("village_fund"), place_word("所在村")
    (0, 1, None, 0)
    """
    spoken = name.replace("_", " ").strip()
    ending = r"(\s*(name|names|id|code|pcode|label|\d))*$"
    return next(
        (fineness for fineness, words in enumerate(PLACES) if re.search(f"({words}){ending}", spoken, re.IGNORECASE)), None
    )


@lru_cache(maxsize=65536)
def place_in_name(name: str) -> int | None:
    """As `place_word`, but None if the name is about something else, such as a village's leader or the state of a road."""
    return None if NOT_A_PLACE.search(name.replace("_", " ")) else place_word(name)
