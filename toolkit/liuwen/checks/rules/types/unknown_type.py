"""A question type that XLSForm does not have."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.checks.type_habits import meant_type, meant_with_list
from liuwen.form.types import TYPES, read_type
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="没有“{type}”这种题型：请核对写法。",
    en="there is no question type “{type}”; check the spelling.",
)
MISSPELT = Sentence(
    zh="没有“{type}”这种题型，是不是想写“{meant}”？",
    en="there is no question type “{type}”; did you mean “{meant}”?",
)
NO_LIST = Sentence(
    zh="“{type}”后面缺少选项列表的名称：请写成“{type} 列表名”。",
    en="“{type}” does not name a choice list; write “{type} list_name”.",
)
KOBO = Sentence(
    zh="“{type}”只有 KoboToolbox 认得，ODK 不认得：请自己写成组和普通的选择题，或只用 KoboToolbox。",
    en="only KoboToolbox supports “{type}”, ODK does not; write a group of ordinary select questions, or use KoboToolbox only.",
)
HABIT = Sentence(
    zh="没有“{type}”这种题型：请写成 {meant}。",
    en="there is no question type “{type}”; write {meant}.",
)
_KOBO = frozenset("begin_score end_score score__row begin_rank end_rank rank__level begin_kobomatrix end_kobomatrix".split())
_RARE = frozenset(
    "q picture|q date time|subscriber id|q audio|q geoshape|q geotrace|q image|q acknowledge|number of days in last month|"
    "get sim id|q location|q video|q barcode|q calculate|percentage|sim id|number of days in last six months|"
    "add calculate prompt|get subscriber id|q datetime|number of days in last year|date time|uri:subscriberid|"
    "uri:phonenumber|uri:simserial|uri:deviceid|uri:username|uri:email|background-geopoint|include".split("|")
)
_NEED_LIST = ("select_one", "select_multiple", "rank", "select one", "select multiple", "select1", "select all that apply")
_CANDIDATES = TYPES | {"begin group", "end group", "begin repeat", "end repeat"}


def unknown_type(facts: Facts) -> Iterator[Fault]:
    """Pyxform stops at the first; here is every one."""
    for row, written, means in facts.types:
        place = facts.place("survey", row, "type")
        if written.strip().lower() in _NEED_LIST:
            yield error(place, NO_LIST.filled(type=written.strip()))
            continue
        if means.type in TYPES or means.type.lower() in _RARE or means.type.startswith(("begin ", "end ")):
            continue
        words = written.split()
        if words[0].lower() in _KOBO:
            yield error(place, KOBO.filled(type=written.strip()))
        elif habit := meant_with_list(written, facts.form.choice_lists) or meant_type(written):
            yield error(place, HABIT.filled(type=written.strip(), meant=habit))
        elif meant := _meant(words):
            yield error(place, MISSPELT.filled(type=written, meant=meant))
        else:
            yield error(place, UNKNOWN.filled(type=written))


def _meant(words: list[str]) -> str | None:
    """The type that was probably meant: the whole nearest to one, or the first word with the rest kept."""
    whole, first = nearest(" ".join(words), _CANDIDATES), nearest(words[0], _CANDIDATES)
    for meant in (whole, " ".join([first, *words[1:]]) if first else None):
        if meant and meant != " ".join(words) and read_type(meant).type in _CANDIDATES:
            return meant
    return None
