"""Question types as people write them who know other tools, and what XLSForm writes for them."""

from collections.abc import Mapping
from types import MappingProxyType

_ONE, _MANY = "select_one list_name", "select_multiple list_name"
_WRITTEN: tuple[tuple[str, str], ...] = (
    ("integer (decimal for fractions)", "number num numeric whole long count 数字 整数"),
    ("decimal", "float double real currency money price percent 小数 金额"),
    ("text, appearance numbers", "tel phone telephone mobile 电话 手机"),
    ("select_one yes_no", "boolean bool yes/no yesno yes_no yes-no y/n true/false 是否"),
    (f"{_ONE}, appearance minimal", "dropdown drop-down drop_down combobox 下拉"),
    (_ONE, "select single_choice single-choice radio choice mcq 单选 单选题"),
    (_MANY, "checkbox checkboxes multiselect multi_select multi-select multiple_choice multiple 多选 多选题"),
    ("text, appearance multiline", "textarea paragraph longtext long_text multiline memo 长文本"),
    ("text", "str txt char varchar open free_text freetext short_text url link e-mail mail address name 文本 文字"),
    ("note", "label heading header title info message instruction statement static 说明"),
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
    ("date", "datum day 日期"),
    ("dateTime", "timestamp date_time date-time 日期时间"),
    ("time", "hour clock 时间"),
    ("geopoint", "coordinates coordinate latlong latitude longitude map point 位置"),
    ("geotrace", "line polyline"),
    ("geoshape", "polygon area"),
    ("rank list_name", "ranking order 排序"),
)
_MEANT: Mapping[str, str] = MappingProxyType({habit: meant for meant, habits in _WRITTEN for habit in habits.split()})


def meant_type(written: str) -> str | None:
    """The XLSForm type for another tool's type name; None if the name is unknown.

    >>> meant_type("Number"), meant_type("yes / no"), meant_type("drop down"), meant_type("texxt")
    ('integer (decimal for fractions)', 'select_one yes_no', 'select_one list_name, appearance minimal', None)
    """
    words = written.strip().lower().split()
    spellings = (separator.join(words) for separator in ("", "_", "-"))
    return next((meant for spelling in spellings if (meant := _MEANT.get(spelling))), None)
