"""Short made-up texts, for questions that take words. Nobody said any of them."""

import random
import re
from collections.abc import Callable

from liuwen.form.vocabulary import place_in_name

NAMES = "赵明 钱红 孙建国 李桂英 周强 吴秀兰 郑海 王芳 冯伟 陈玉珍 褚军 卫平 蒋丽 沈国华 韩梅 杨勇".split()
_VILLAGES = "上湖 下湖 湖东 湖西 新桥 老街 柳湾 石塘 竹园 杨庄 沙河 枫林".split()
_PLACES = ("村东头", "小学门口", "三组", "桥边", "后山", "河堤", "老祠堂旁")
_THINGS = ("那条路", "自来水", "路灯", "水渠", "卫生室", "垃圾池", "电线", "厕所")
_FAULTS = ("坏了有段日子", "一下雨就不好用", "没有人管", "修了一半停下了", "离家太远", "夜里看不清")
_WISHES = ("希望早点修好", "盼着有人来看看", "想请村里出面", "大家愿意出工", "最好年底前办完", "只要有个说法")
_IDEAS = ("种茶叶", "办合作社", "搞农家乐", "学电焊", "养蜂", "种大棚菜", "修通产业路", "请技术员来讲课")
_FIRST: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"phone|mobile|tel|电话|手机", re.I), "phone"),
    (re.compile(r"visitor|enumerator|interviewer|collector|surveyor|走访人|访员", re.I), "visitor"),
)
_THEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(^|_)name(_|$)|full_?name|姓名|respondent_name", re.I), "name"),
    (re.compile(r"(^|_)(id|code|no|number)(_|$)|household$|编号|户号", re.I), "code"),
    (re.compile(r"plan|idea|suggest|improv|develop|wish|想法|建议", re.I), "idea"),
)


def kind_of(name: str) -> str:
    """What sort of text a question of this name takes: "phone", "village", "name", "idea", … or "remark"."""
    place = place_in_name(name)
    of_place = [] if place is None else ["village" if place == 0 else "town"]
    first, then = ([kind for words, kind in kinds if words.search(name)] for kinds in (_FIRST, _THEN))
    return [*first, *of_place, *then, "remark"][0]


def text(kind: str, chance: random.Random, *, visitor: str = "", household: int = 0) -> str:
    """One made-up text of a kind."""
    if kind == "visitor":
        return visitor
    return f"H{household:04d}" if kind == "code" else _MAKERS.get(kind, _remark)(chance)


def _remark(chance: random.Random) -> str:
    return f"{chance.choice(_PLACES)}{chance.choice(_THINGS)}{chance.choice(_FAULTS)}，{chance.choice(_WISHES)}"


_MAKERS: dict[str, Callable[[random.Random], str]] = {
    "phone": lambda chance: f"000{chance.randrange(10**8):08d}",
    "name": lambda chance: chance.choice(NAMES),
    "village": lambda chance: f"{_VILLAGES[int(len(_VILLAGES) * chance.random() ** 1.25)]}村",
    "town": lambda chance: "样例镇",
    "idea": lambda chance: f"想{chance.choice(_IDEAS)}，{chance.choice(_WISHES)}",
}
