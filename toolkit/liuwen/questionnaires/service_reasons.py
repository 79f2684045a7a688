"""Thirteen things of daily life that the satisfaction survey asks about, and for each the reasons that can go with it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from liuwen.form import builder as b
from liuwen.form.builder.building import Options
from liuwen.questionnaires.bank import DONT_KNOW, OTHER, REFUSED


class Service(NamedTuple):
    """How one of them is called, and the reasons for being dissatisfied with it."""

    zh: str
    en: str
    reasons: tuple[str, ...]


_ALL = b.choices(
    "service_reasons",
    ("lacking", "缺少、不够用", "Lacking, or not enough"),
    ("quality", "质量差", "Poor quality"),
    ("unsteady", "时好时坏、老是停", "Unsteady, or often cut off"),
    ("upkeep", "坏了没人修、没人管", "Not repaired or looked after"),
    ("cost", "花钱多", "Costs too much"),
    ("far", "太远、不方便", "Too far or inconvenient"),
    ("slow", "等得久、办得慢", "Long waits"),
    ("forms", "手续麻烦", "Too much paperwork"),
    ("unfair", "不公平", "Unfair"),
    ("manner", "态度不好", "Unfriendly manner"),
    ("teachers", "老师不够、教得不好", "Too few teachers, or poor teaching"),
    ("doctors", "医生不够、没有药", "Too few doctors, or no medicine"),
    ("low", "太低、太少", "Too low"),
    ("late", "给得晚、拖欠", "Paid late"),
    ("alone", "身边没人照顾", "Nobody near to look after them"),
    ("unsuited", "不对路、不合适", "Not suitable"),
    ("dirty", "脏，没人清扫", "Dirty, not cleaned"),
    ("theft", "偷盗", "Theft"),
    ("fraud", "诈骗", "Fraud"),
    ("gambling", "赌博、打架", "Gambling or fights"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)

SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "roads": Service("村里的道路", "the roads of your village", ("lacking", "quality", "upkeep")),
        "water": Service("吃水用水", "the water supply", ("lacking", "unsteady", "quality", "upkeep", "cost")),
        "power": Service("用电", "the electricity supply", ("unsteady", "upkeep", "cost")),
        "signal": Service("手机信号和网络", "the mobile signal and internet", ("lacking", "unsteady", "cost")),
        "school": Service("孩子上学", "children's schooling", ("far", "cost", "teachers", "unfair", "forms")),
        "clinic": Service("在村卫生室看病", "the village clinic", ("doctors", "far", "slow", "cost", "manner")),
        "insurance": Service("看病报销", "the reimbursement of medical costs", ("low", "forms", "slow", "cost", "unfair")),
        "old_age": Service("老人的养老", "support in old age", ("low", "late", "alone", "lacking", "unfair")),
        "income": Service("家里的收入", "your household's income", ("low", "late", "unsteady")),
        "jobs": Service(
            "在附近找活干的机会",
            "the chances of finding work nearby",
            ("lacking", "low", "far", "unsuited", "unfair"),
        ),
        "sanitation": Service("村里的环境卫生", "cleanliness in the village", ("dirty", "lacking", "upkeep")),
        "safety": Service("村里的治安", "public order", ("theft", "fraud", "gambling", "slow")),
        "culture": Service("村里的文化活动", "cultural life", ("lacking", "unsuited", "upkeep")),
    }
)
"""Name → what it is called, and why people may be dissatisfied with it."""


def reasons(service: str) -> Options:
    """The list of reasons that can go with a service, ended by *other*, *don't know* and *would rather not say*."""
    kept = (*SERVICES[service].reasons, OTHER[0], DONT_KNOW[0], REFUSED[0])
    return Options(f"{service}_reasons", tuple(option for option in _ALL.options if option.value in kept))
