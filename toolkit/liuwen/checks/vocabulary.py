"""Words by which rules recognise what a question or choice is about, in Chinese and English."""

import re
from functools import lru_cache

OTHER = re.compile(
    r"^(others?|oth|other_specify|autres?|otros?|其他|其它)[\s:：,，(（/_\-]*"
    r"(please |请)?(specify|préciser|especificar|具体|说明|注明)*[\s)）:：._]*$",
    re.IGNORECASE,
)
NONE = re.compile(
    r"^(none|nothing|no_(problem|difficulty|need)s?|none_of_(the_)?(above|these)|没有|无|都没有|以上都没有)$"
    r"|^(none of (the )?(above|these)|none|nothing)\b|^(以上)?(都|均)?(没有|无)(困难|问题|需要|以上)?",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"^(dk|dont_?know|do_not_know|don_t_know|refused?|ref|rns|pnta|no_answer|-?(77|88|99|98|888|999)|prefer_not(_to_(say|answer))?|unsure|拒答)$"
    r"|^(don.?t know|doesn.?t know|do not know|not sure|refused?|would rather not|prefer not|no (answer|response)\b|unsure"
    r"|ne sai[st] pas|refus|pas de réponse|no sabe|no responde|不知道|不清楚|不愿|不想|拒绝|说不清)",
    re.IGNORECASE,
)
IDENTIFYING = re.compile(
    r"\b(full|first|last|family|respondent.?s?|household head.?s?|head.?s?) ?name\b|\b(tele)?phone( number)?\b"
    r"|\bmobile( number)?\b"
    r"|\bid card\b|\bnational id\b|\bidentity (card|number)\b|\bpassport\b|\be-?mail\b"
    r"|姓名|电话|手机号|身份证|微信号",
    re.IGNORECASE,
)
NOT_THE_RESPONDENT = re.compile(
    r"enumerator|interviewer|visitor|collector|surveyor|supervisor|facility|school|village|clinic|doctor|staff|访问员|走访|调查员|干部|来访",
    re.IGNORECASE,
)
SENSITIVE = re.compile(
    r"\b(illness|disease|disabilit|violence|abuse|religio|politic|corrupt|bribe|pregnan|hiv|mental health|debts?|crime)\w*"
    r"|\bcomplain\w*"
    r"|疾病|病情|残疾|家暴|虐待|宗教|腐败|受贿|送礼|怀孕|艾滋|精神|欠债|犯罪|举报|投诉|意见人",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\b(tele|mobile |cell)?phone (number|no)\b|\bmobile (number|no)\b|\b(tele)?phone$|\bmobile phone$|\btel$"
    r"|\b(id card|national id)( number| no)?$|\bpost(al)? ?code\b|\bzip code\b|电话(号码)?$|手机号|身份证|邮编",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"how (many|much|long|often)|number of (mobile|phone|tele)|count|own|spen[dt]|cost|几|多少|数量|花费", re.IGNORECASE
)
GENDER = re.compile(r"gender|\bsex\b|性别", re.IGNORECASE)
SPECIFY = re.compile(r"_(other|oth|specify|others|autre)$", re.IGNORECASE)
SPECIFY_LABEL = re.compile(
    r"^(please )?specify|^if other\b|^other,? (please )?specify|^请(说明|注明|具体说明)|其他.{0,4}(说明|注明)", re.IGNORECASE
)


@lru_cache(maxsize=65536)
def spoken(text: str) -> str:
    """A name as one would say it: "id_card" → "id card"."""
    return re.sub(r"[_\-.]+", " ", text)
