"""Rating scales: as many steps up as down, and read from either end by a coin that is kept with the answer.

The end that is read first is chosen more often, by about eight per cent (Artingstall 1978), so half of the respondents hear a
scale from its worst step. The phone does that with `randomize(list, seed)`: OpenRosa fixes the shuffle for a given seed, so
that one seed keeps the list as it is written, and another turns its first five choices round and leaves what follows in
place.
"""

from typing import Unpack

from liuwen.form import builder as b
from liuwen.form.builder.building import Item, Options
from liuwen.questionnaires.asking import Asking, one
from liuwen.questionnaires.bank import DONT_KNOW, NO_CONTACT, REFUSED

QUALITY = b.choices(
    "quality",
    ("very_good", "很好", "Very good"),
    ("good", "比较好", "Fairly good"),
    ("middle", "不好也不差", "Neither good nor poor"),
    ("poor", "比较差", "Fairly poor"),
    ("very_poor", "很差", "Very poor"),
    DONT_KNOW,
    REFUSED,
)
DEALINGS = b.choices(
    "dealings", *((o.value, dict(o.wordings["label"])) for o in QUALITY.options[:5]), NO_CONTACT, DONT_KNOW, REFUSED
)
"""The same steps, for those who may have had no dealings with whom they rate."""
SATISFACTION = b.choices(
    "satisfaction",
    ("very_satisfied", "很满意", "Very satisfied"),
    ("satisfied", "比较满意", "Fairly satisfied"),
    ("neutral", "说不上满意，也说不上不满意", "Neither satisfied nor dissatisfied"),
    ("dissatisfied", "不太满意", "Fairly dissatisfied"),
    ("very_dissatisfied", "很不满意", "Very dissatisfied"),
    NO_CONTACT,
    DONT_KNOW,
    REFUSED,
)

FROM_BEST, FROM_WORST = 326604, 4612
"""Seeds that leave a list of up to nine choices as it is, and that turn its first five round; held by a test."""
_COIN, _SEED = "scale_from", "scale_seed"


def coin(section: str = "") -> list[Item]:
    """The coin: `scale_from`, kept with the answers (best, worst), and the seed that the phone shuffles by.

    With a `section` the names begin with it: an unlinked section tosses a coin of its own, which nothing linked knows.
    """
    toss, seed = f"{section}{_COIN}", f"{section}{_SEED}"
    return [
        b.calculate(toss, "once(if(random() < 0.5, 'best', 'worst'))"),
        b.calculate(seed, f"if(${{{toss}}} = 'worst', {FROM_WORST}, {FROM_BEST})"),
    ]


def rated(
    name: str, scale: Options, *, section: str = "", asking: Asking | None = None, **told: Unpack[b.QuestionOptions]
) -> Item:
    """A rating on `scale`, read from the end that the coin of `section` chose."""
    seeded = f"randomize=true, seed=${{{section}{_SEED}}}"
    return one(name, scale, asking=asking, **{**told, "parameters": seeded})  # type: ignore[arg-type]
