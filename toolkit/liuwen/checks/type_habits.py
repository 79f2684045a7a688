"""Question types as people write them who know other tools, and what XLSForm writes for them."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

_ONE, _MANY = "select_one list_name", "select_multiple list_name"
_WRITTEN: tuple[tuple[str, str], ...] = (
    (
        "integer (decimal for fractions)",
        "number num numeric whole long count year month age entier entero inteiro número numero nombre ganzzahl 数字 整数",
    ),
    ("decimal", "float double real currency money price percent décimal décimale decimale 小数 金额"),
    ("text, appearance numbers", "tel phone telephone mobile 电话 手机"),
    ("select_one yes_no", "boolean bool yes/no yesno yes_no yes-no y/n true/false 是否"),
    (f"{_ONE}, appearance minimal", "dropdown drop-down drop_down combobox combo 下拉"),
    (
        _ONE,
        "select select-1 single single_choice single-choice single_select choose_one "
        "radio radiobutton choice mcq selectone 单选 单选题",
    ),
    (
        _MANY,
        "checkbox checkboxes multiselect multi_select multi-select multiple_choice multiple-choice multiple multi "
        "select_many select-many selectmultiple select_multi choose_many 多选 多选题",
    ),
    ("text, appearance multiline", "textarea paragraph longtext long_text multiline memo 长文本"),
    (
        "text",
        "str txt char varchar open open_ended string_text texte texto testo freitext "
        "free_text freetext short_text url link e-mail mail address name 文本 文字",
    ),
    ("note", "nota hinweis label heading header title info message instruction statement static 说明"),
    ("calculate", "calculation calculated formula computed calc 计算"),
    ("begin group", "group section page 组"),
    ("begin repeat", "repeat loop roster table subform 重复组"),
    ("range", "slider scale nps"),
    (f"{_ONE}, appearance likert", "likert rating_scale"),
    ("range, appearance rating", "rating stars"),
    ("image, appearance signature or draw", "signature sign sketch drawing draw 签名"),
    ("image", "camera pic img 照片 图片"),
    ("file", "upload attachment document pdf 文件"),
    ("barcode", "qr qrcode qr_code qr-code 二维码"),
    ("date", "datum day fecha data 日期"),
    ("dateTime", "timestamp date_time date-time 日期时间"),
    ("audio", "sound voice recording 录音"),
    ("time", "hour clock 时间"),
    ("geopoint", "geo position coordinates coordinate latlong latitude longitude map point 位置"),
    ("geotrace", "line polyline"),
    ("geoshape", "polygon area"),
    ("rank list_name", "ranking order 排序"),
    (f"{_ONE} in a group with the appearance table-list", "matrix grid"),
)
_MEANT: Mapping[str, str] = MappingProxyType({habit: meant for meant, habits in _WRITTEN for habit in habits.split()})


_SELECTS: Mapping[str, str] = MappingProxyType(
    {"select one": _ONE, "select multiple": _MANY, "select all": _MANY, "select all that apply": _MANY, "rank": "rank list_name"}
)


def meant_type(written: str) -> str | None:
    """The XLSForm type for another tool's type name; None if the name is unknown.

    >>> meant_type("Number"), meant_type("yes / no"), meant_type("drop down"), meant_type("texxt")
    ('integer (decimal for fractions)', 'select_one yes_no', 'select_one list_name, appearance minimal', None)
    """
    words = written.strip().lower().split()
    spellings = (separator.join(words) for separator in ("", "_", "-"))
    return next((meant for spelling in spellings if (meant := _MEANT.get(spelling))), None)


def meant_with_list(written: str, lists: Collection[str]) -> str | None:
    """The XLSForm type for another tool's type name that is followed by the name of one of `lists`; None if it is not.

    >>> meant_with_list("radio yn", ["yn"]), meant_with_list("select_one_yn", ["yn"]), meant_with_list("radio yn", [])
    ('select_one yn', 'select_one yn', None)
    """
    text = " ".join(written.split())
    for listed in sorted(lists, key=len, reverse=True):
        before = text.removesuffix(listed).rstrip(" _-:") if listed and text.endswith(listed) else text
        if before != text:
            words = re.sub(r"\s*\b(from|using|list)$", "", before.lower())
            kind = _SELECTS.get(re.sub(r"[\s_-]+", " ", words)) or meant_type(words)
            return kind.replace("list_name", listed) if kind and "list_name" in kind else None
    return None
