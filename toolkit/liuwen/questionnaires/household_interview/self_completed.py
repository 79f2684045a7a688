"""The six questions as a household fills them in by itself: migrants by a link, shop owners, whoever would rather write.

There is no roster, no status and no appraisal, which has an anonymous form of its own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from liuwen.form import builder as b
from liuwen.form.builder.building import Item, Options
from liuwen.form.model import Form
from liuwen.questionnaires.asking import chosen, equals, one, said_in, several, specify, substantive
from liuwen.questionnaires.bank import AGREE, NEEDS, OUTCOMES, PARENTS, SAID_BEFORE, TOLD_WHOM, WORRIES, YES_NO_UNSURE
from liuwen.questionnaires.household_interview.aspirations import IDEAS, OBSTACLES
from liuwen.questionnaires.household_interview.closing import phone
from liuwen.questionnaires.household_interview.income import NET, SOURCES
from liuwen.questionnaires.household_interview.suggestions import SERVICES
from liuwen.questionnaires.household_interview.visit import ROLES
from liuwen.questionnaires.matters_raised import REPLY
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places
from liuwen.questionnaires.scales import QUALITY, coin, rated

if TYPE_CHECKING:
    import pandas as pd

FORM_ID = "household_self"
PLANS = b.choices("plans", *((o.value, dict(o.wordings["label"])) for o in IDEAS.options), ("none", "没有打算", "No plan"))
_CONSENTED = equals("consent", "yes")


def self_completed(villages: "pd.DataFrame | None", *, languages: Sequence[str], keep_years: int, version: str) -> Form:
    """The form; `villages`, `languages`, `keep_years` and `version` are as for `household_interview`."""
    place = places(villages, languages, households=False, seen=True)
    hello = {
        "zh": f"您好！这是镇里向各家了解情况的问卷，大约{FORMS[FORM_ID]}分钟。不想答的题就选不想说。您提的、要办的事会登记办理，"
        f"办到哪一步在村里公开栏公布，不写您的名字；其他回答只公布合计数，保存{keep_years}年。要更正、删除，打服务卡上的电话。",
        "en": f"Hello. The town asks households how they are doing; about {FORMS[FORM_ID]} minutes. Where you would "
        "rather not answer, choose that answer. A matter you ask to have dealt with is written down and its progress posted "
        f"on the board without your name; everything else is published only as totals and kept for {keep_years} years. To "
        "correct or delete it, ring the number on the service card.",
    }
    start = [
        b.note("hello", label=hello),
        b.select_one("consent", AGREE, zh="您愿意填吗？", en="Are you willing to fill it in?", required=True),
    ]
    parts = [("situation", "一、家里情况", "1. Situation", [*place.village, *_situation()]),
             ("difficulties", "二、困难", "2. Difficulties", _difficulties()),
             ("aspirations", "三、挣钱", "3. Earning", _aspirations()),
             ("suggestions", "五、建议", "5. Suggestions", _suggestions()),
             ("development", "六、发展", "6. Development", _development()),
             ("closing", "最后", "At the end", _matter())]  # fmt: skip
    groups = [b.group(name, zh=zh, en=en, relevant=_CONSENTED, items=items) for name, zh, en, items in parts]
    return b.build_form(
        FORM_ID,
        zh="六问：自己填的一份",
        en="Six questions: to fill in yourself",
        version=version,
        languages=languages,
        settings={"style": "pages"},
        items=[
            b.start(),
            b.end(),
            *start,
            *coin(),
            *groups,
            b.note("thanks", zh="填完了，谢谢您！", en="That is all. Thank you!"),
        ],
        media=place.media,
    )


def _seen(name: str, options: Options, **told: Unpack[b.QuestionOptions]) -> Item:
    """Several answers from a list that is read on the screen."""
    return several(name, options, asking="", **told)


def _one_seen(name: str, options: Options, **told: Unpack[b.QuestionOptions]) -> Item:
    return one(name, options, asking="", **told)


def _number(name: str, zh: str, en: str, most: str) -> Item:
    return b.integer(
        name,
        zh=zh,
        en=en,
        required=True,
        constraint=f". >= {1 if name == 'member_count' else 0} and . <= {most}",
        constraint_message={
            "zh": "请填人数，不能比全家人数多。",
            "en": "Give a number of people, not more than the household has.",
        },
    )


def _situation() -> list[Item]:
    return [
        _one_seen("respondent_role", ROLES, zh="您是这家的什么人？", en="Who are you in the household?"),
        _number(
            "member_count",
            "钱放在一起花的，一共几口人？（在外打工、上学的也算）",
            "How many live from one purse, including those away?",
            "30",
        ),
        _number("at_home", "这里面，现在住在村里的有几口？", "How many of them live in the village now?", "${member_count}"),
        _number("elders", "60岁以上的有几口？", "How many are 60 or over?", "${member_count}"),
        _number("children", "16岁以下的有几口？", "How many are under 16?", "${member_count}"),
        _one_seen(
            "parents_home",
            PARENTS,
            zh="孩子的父母现在在家住吗？",
            en="Do the children's parents live at home now?",
            relevant="${children} > 0",
        ),
        _one_seen("long_illness", YES_NO_UNSURE, zh="家里有没有人要长期吃药治病？", en="Does anyone need long-term treatment?"),
        _seen("worries", WORRIES, zh="您家现在最操心什么？", en="What worries your household most?"),
        specify("worries", "还操心什么？", "What else worries you?"),
    ]


def _difficulties() -> list[Item]:
    first = "${first_need} != '' and ${first_need} != 'dont_know' and ${first_need} != 'refused'"
    return [
        b.text(
            "own_words",
            zh="您家现在有什么难处？请用自己的话写。",
            en="What is difficult for your household at present? In your own words.",
            hint={"zh": "可以不填。", "en": "May be left blank."},
            note="sensitive",
            appearance="multiline",
        ),
        _seen("needs", NEEDS, zh="下面哪些说的是您家的难处？", en="Which of these are difficulties of your household?"),
        specify("needs", "其他困难是什么？", "What is the other difficulty?"),
        _one_seen(
            "first_need",
            NEEDS,
            zh="最希望先解决哪一件？",
            en="Which should be solved first?",
            relevant=substantive("needs"),
            choice_filter=said_in("needs"),
            note=SAID_BEFORE,
        ),
        _seen("told_whom", TOLD_WHOM, zh="这件事跟谁说过？", en="Whom have you told of it?", relevant=first),
        specify("told_whom", "还跟谁说过？", "Who else was told?"),
        _one_seen(
            "outcome",
            OUTCOMES,
            zh="说了以后怎么样？",
            en="What came of it?",
            relevant=chosen("told_whom", "village", "team", "grid", "town", "county", "hotline", "online", "petition", "other"),
        ),
    ]


def _aspirations() -> list[Item]:
    return [
        _seen(
            "income_sources",
            SOURCES,
            zh="最近12个月，您家的收入有哪些？",
            en="In the past 12 months, which incomes did your household have?",
        ),
        specify("income_sources", "其他收入从哪里来？", "What is the other source?"),
        _one_seen(
            "main_income",
            SOURCES,
            zh="最主要的是哪一样？",
            en="Which is the main one?",
            relevant=substantive("income_sources", 2),
            choice_filter=said_in("income_sources"),
            note=SAID_BEFORE,
        ),
        _one_seen(
            "income_net",
            NET,
            zh="最近12个月，全家的收入加起来，扣掉种养、做生意的本钱，大约有多少？在外打工挣的、养老金、补贴都算。",
            en="In the past 12 months, about how much was the income of the whole household after costs, with wages from away, "
            "pensions and allowances?",
        ),
        _seen("ideas", PLANS, zh="往后打算靠什么多挣些？", en="How do you mean to earn more?"),
        specify("ideas", "还打算做什么？", "What else do you plan?"),
        _seen("obstacles", OBSTACLES, zh="难在哪里？", en="What stands in the way?", relevant=substantive("ideas")),
        specify("obstacles", "还难在哪里？", "What else stands in the way?"),
    ]


def _suggestions() -> list[Item]:
    return [
        rated(
            "services_quality",
            QUALITY,
            asking="",
            zh="总的来说，村里的公共服务怎么样？",
            en="All in all, how would you rate services in the village?",
        ),
        _seen("services_weak", SERVICES, zh="哪些还做得不够？", en="Which are not good enough?"),
        specify("services_weak", "还有什么做得不够？", "Which other service?"),
        b.text(
            "mend_how",
            zh="您看该怎么改？",
            en="How should they be improved?",
            hint={"zh": "可以不填。", "en": "May be left blank."},
        ),
    ]


def _development() -> list[Item]:
    return [
        b.text(
            "village_idea",
            zh="村里、镇里要发展，您有什么主意？",
            en="What ideas do you have for the village and the town?",
            hint={"zh": "可以不填。", "en": "May be left blank."},
        ),
        b.select_one(
            "join_decisions",
            AGREE,
            zh="村里商量大事，您愿不愿意参加（可以在手机上）？",
            en="When the village decides something important, would you take part (it can be done on a phone)?",
            required=True,
        ),
    ]


def _matter() -> list[Item]:
    raised = equals("matter_raised", "yes")
    return [
        _one_seen(
            "matter_raised",
            YES_NO_UNSURE,
            zh="有没有一件具体的事要请镇里、村里办？",
            en="Is there one matter you ask the village or town to deal with?",
        ),
        b.text(
            "matter_text",
            zh="请写清什么事、在哪里、想办成什么样。",
            en="What, where, and what would you like done?",
            required=True,
            note="sensitive",
            appearance="multiline",
            hint={
                "zh": "反映干部的问题请用信箱，这里不写人名。",
                "en": "To report an official use the letter box; no names here.",
            },
            relevant=raised,
        ),
        _one_seen("matter_reply", REPLY, zh="怎么告诉您结果？", en="How shall we tell you the result?", relevant=raised),
        phone(equals("matter_reply", "phone")),
    ]
