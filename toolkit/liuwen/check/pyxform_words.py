"""What pyxform says, brought to its cell and into Chinese.

pyxform keeps its messages as templates (`pyxform.errors.ErrorCode`); each is matched against what was said, and its
Chinese twin filled with the same values. What no template fits is passed on in pyxform's own words.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from liuwen.check.facts import Facts
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

AS_SAID = Sentence(zh="pyxform 说：{said}", en="pyxform: {said}")
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"(?:On the|in the) '(\w+)' sheet|for sheet: '(\w+)'")
_VALUE = re.compile(r"the '([^']+)' value")
_MISSING_LABEL = re.compile(r"The survey element named '([^']+)' has no label")
_PREAMBLE = re.compile(r"^\[row : \d+\]\s*(?:On the '\w+' sheet, )?")
_TYPE = re.compile(r"Unknown question type '(.*)'")
_DOUBLE_HEADER = re.compile(r"Duplicate column header: (.*)")
_LIST = re.compile(r"See \[(.*)\] in \[(.*)\]")

_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "ENTITY_001": "有 save_to，却没有 entities 表：请加上 entities 表并声明实体。",
        "ENTITY_002": "save_to 的属性“{saveto}”第 {other_row} 行已经用过：请删去或改名其中一个。",
        "ENTITY_003": "组和重复组不能存为实体属性：请去掉这里的 save_to，或移到题目行。",
        "ENTITY_004": "entities 表里没有实体列表“{dataset}”：请核对写法，或在 entities 表加上它。",
        "ENTITY_005": "新建实体必须有 label：请为“{dataset}”写上 label，或改为更新（写 entity_id）。",
        "ENTITY_006": "“{dataset}”既有 create_if 又有 entity_id，还须有 update_if：请补上，或去掉 entity_id。",
        "ENTITY_007": "“{dataset}”有 update_if 却没有 entity_id：请补上，或把 update_if 改为 create_if。",
        "ENTITY_008": "声明了几个实体时，save_to 要写成“列表名#属性名”：请加上列表名。",
        "ENTITY_009": "第 {other_row} 行的实体已占用“{scope}”，一个组或重复组里只能有一个实体：请调整 save_to 或引用。",
        "ENTITY_011": "实体“{dataset}”已与“{other_scope}”相连，不能又存“{scope}”里的题：请改列表名，或用 calculate 把值抄过去。",
        "ENTITY_012": "实体“{dataset}”已与“{other_scope}”相连，不能引用“{scope}”里的“{question}”：请用 calculate 把值抄过去。",
        "ENTITY_013": "save_to 里最多只能有一个 # ：请核对写法。",
        "HEADER_001": "“{sheet_name}”表的表头不对（{header}）：第一行必须是列名。",
        "HEADER_002": "“{sheet_name}”表里“{other}”和“{header}”是同一列的两种写法：请留下一个。",
        "HEADER_003": "“{sheet_name}”表缺少必需的列：{missing}。",
        "HEADER_004": "choices 表的列名“{column}”不能为空，也不能有空格：请改名。",
        "HEADER_005": "entities 表里有不认识的列：{columns}。请核对写法，或删去。",
        "LABEL_001": "选项没有 label：请写上给人看的文字。",
        "NAMES_001": "名称“{value}”在同一组里重复：请改成不同的名称。",
        "NAMES_002": "名称“{value}”与另一个名称只有大小写不同：有的分析软件分不开，请改名。",
        "NAMES_003": "重复组不能与问卷的根同名（“{value}”）：请改名。",
        "NAMES_004": "重复组的名称“{value}”在问卷里不止一个：请改名。",
        "NAMES_005": "“meta”是系统保留的名称：请改名。",
        "NAMES_006": "选项没有 name：请写上存储的值。",
        "NAMES_007": "选项的 name 在同一列表里重复：请改掉一个，或在 settings 写 allow_choice_duplicates = yes。",
        "NAMES_008": "“{column}”不能作名称：要以字母或下划线开头，只用字母、数字、下划线、连字符和点。",
        "NAMES_009": "“{name}”不能作名称：要以字母或下划线开头，只用字母、数字、下划线、连字符和点。",
        "NAMES_010": "这里的名称不能以两个下划线开头：请改名。",
        "NAMES_011": "这里的名称不能有点：请改名。",
        "NAMES_012": "这里的名称不能是 name 或 label：请改名。",
        "NAMES_013": "没有“{sheet}”表，但有名称相近的：{candidates}。请核对表名。",
        "NAMES_014": "entities 表的 list_name 重复：请改名。",
        "NAMES_015": "实体列表没有名称：请写上 list_name。",
        "PYREF_001": "引用写得不对：请写成 ${{名称}}，中间没有空格。",
        "PYREF_002": "几个引用之间要用逗号分开。",
        "PYREF_003": "问卷里没有叫“{q}”的题：请核对引用的名称。",
        "PYREF_004": "叫“{q}”的题不止一个，引用不知指哪一个：请改名。",
        "RANGE_001": "range 的参数“{name}”必须是数字。",
        "RANGE_002": "range 的参数“{name}”不能是 0。",
        "RANGE_003": "range 的参数“{name}”比起止之差还大：请改小。",
        "RANGE_004": "range 的参数“{name}”必须是 step 的整数倍。",
        "RANGE_005": "range 的参数“{name}”必须在 start 和 end 之间。",
        "RANGE_006": "range 的参数 tick_labelset 必须是 choices 表里的列表名。",
        "RANGE_007": "外观为 no-ticks 时，tick_labelset 的列表只能有两项。",
        "RANGE_008": "tick_interval、placeholder、tick_labelset 只能用于外观 vertical、no-ticks 或默认外观。",
        "RANGE_009": "tick_labelset 的选项值必须都是数字。",
        "RANGE_010": "tick_labelset 的选项值必须在 start 和 end 之间。",
        "RANGE_011": "tick_labelset 的选项值必须是 start 加“{name}”的整数倍。",
        "RANGE_012": "外观为 no-ticks 时，tick_labelset 的选项值只能是 start 和 end。",
        "SURVEY_001": "这个 end_{type} 没有对应的 begin_{type}（“{name}”）：请补上或删去。",
        "SURVEY_002": "这个 begin_{type}（“{name}”）没有对应的 end_{type}：请在组的末尾补上。",
        "SURVEY_003": "geoshape 和 geotrace 的参数 incremental 只能是 true，或不写。",
        "SURVEY_004": "参数要写成“键=值 键=值”。",
        "SURVEY_005": "不认识的参数“{rejected}”；这种题可用的参数是“{accepted}”。",
        "SURVEY_006": "参数 reference-geometry 必须是列表名、附件名或重复组的引用。",
        "SURVEY_007": "参数 capture-accuracy 必须是数字。",
        "SURVEY_008": "参数 warning-accuracy 必须是数字。",
        "SURVEY_009": "参数 allow-mock-accuracy 只能是 true 或 false。",
    }
)
_OTHERS: tuple[tuple[str, str], ...] = (
    (r"Unknown question type '(?P<type>.*)'", "不认识的题型“{type}”：请核对写法。"),
    (r"Duplicate column header: (?P<header>.*)", "列名“{header}”出现了两次：请删去或改名一列。"),
    (r"\[row : \d+\] Question with no type", "这一行没有题型：请写上 type，或清空这一行。"),
    (
        r"\[row : \d+\] Row without name, text, or label is being skipped",
        "这一行没有名称和文字，会被略过：请补全，或清空这一行。",
    ),
    (r"\[row : \d+\] Missing calculation", "calculate 题没有 calculation：请写上算式。"),
    (r"\[row : \d+\] Question or group with no name", "这一行没有 name：请写上名称。"),
    (
        r"\[row : \d+\]\s*List name not in (?P<sheet>external )?choices sheet: (?P<list>.*)",
        "选项表里没有列表“{list}”：请加上，或核对写法。",
    ),
    (r"\[row : \d+\] Audits must always be named", "audit 题的名称必须是 audit。"),
    (
        r"\[row : \d+\] Choice filter not supported with or_other",
        "or_other 不能与 choice_filter 同用：请自己加“其他”选项和说明题。",
    ),
    (r"\[row : \d+\] The 'disabled' column header", "disabled 列已不在规范里：建议改用 relevant。"),
    (r"\[row : \d+\] (?P<kind>Group|Repeat) has no label", "这个组没有 label：如果要显示标题，请写上。"),
    (r"\[row : \d+\] Use the max-pixels parameter", "请在 parameters 写 max-pixels，照片会小得多，发送更快。"),
    (r"\[row : \d+\] File name for '(?P<type>.*)' should end with", "“{type}”引用的文件名要以 .csv、.xml 或 .geojson 结尾。"),
    (
        r"Choice names with spaces cannot be added.*See \[(?P<name>.*)\] in \[(?P<list>.*)\]",
        "多选题的列表“{list}”里，值“{name}”不能有空格。",
    ),
    (
        r"The following language declarations do not contain valid machine-readable codes: (?P<languages>.*?)\. Learn",
        "语言名里没有标准代码：{languages}。请写成“中文 (zh)”这样。",
    ),
    (r"The survey element named '(?P<name>[^']*)' has no label or hint", "“{name}”没有 label 或 hint：请写上给人看的文字。"),
    (
        r"(?P<said>Language '.*' is missing the .*)",
        "有的语言缺少列：{said}",
    ),
    (
        r"To use big-image, you must also specify an image for the survey element named (?P<name>.*)\.",
        "“{name}”有 big-image，还须有 image。",
    ),
    (r"There is no survey element named '(?P<name>.*)'", "问卷里没有叫“{name}”的题：请核对引用的名称。"),
    (r"There are multiple survey elements named '(?P<name>.*)'", "叫“{name}”的题不止一个，引用不知指哪一个：请改名。"),
    (r"The question \$\{(?P<trigger>.*?)\} is not user-visible", "触发题“{trigger}”不显示给人，不能作 trigger。"),
    (r"This form uses or_other and translations", "or_other 自动加的“Other”不会翻译：请自己在选项里写“其他”，并加一道说明题。"),
    (r"\[row : \d+\] (?P<type>\S+) is no longer supported on most devices", "{type} 在多数设备上已不能用：请去掉。"),
    (
        r"There should be an external_choices sheet",
        "select_one_external 要有 external_choices 表：请加上，或改用 select_one_from_file 和 CSV 文件。",
    ),
    (r"You must have a sheet named 'survey'", "必须有名为 survey 的表。"),
)


class _Template(NamedTuple):
    pattern: re.Pattern[str]
    chinese: str


def pyxform_sentence(said: str) -> Sentence:
    """What pyxform said, without the row and sheet (the place says those), and its Chinese twin."""
    english = _PREAMBLE.sub("", said).strip()
    for template in _templates():
        found = template.pattern.search(said)
        if found:
            values = {name: value or "" for name, value in found.groupdict().items()}
            return Sentence(zh=template.chinese.format(**values), en=english)
    return AS_SAID.filled(said=english)


_ADVICE = re.compile(
    r"max-pixels|has no label: |"
    r"machine-readable codes|is missing the (survey|choices) |must not contain spaces|no longer supported"
)


def is_advice(said: str) -> bool:
    """Whether a warning of pyxform's is advice only: what it names works, or a rule of ours looks closer."""
    return bool(_ADVICE.search(said))


def pyxform_place(facts: Facts, said: str) -> Place:  # noqa: PLR0911  # one return a way of saying where
    """The cell it speaks of, as far as its words tell."""
    row = _ROW.search(said)
    sheet = _SHEET.search(said)
    if row:
        name = (sheet[1] or sheet[2]) if sheet else "survey"
        value = _VALUE.search(said)
        return _written(facts, name, int(row[1]), value[1] if value else None)
    if found := _TYPE.search(said):
        return _row_with(facts, "type", found[1])
    if found := _MISSING_LABEL.search(said):
        return _row_with(facts, "name", found[1], "label")
    if found := _DOUBLE_HEADER.search(said):
        return Place("survey", 1, found[1])
    if found := _LIST.search(said):
        return _choice(facts, found[2], found[1])
    asked = next((element for element in facts.questions if element.type == "select_one_external"), None)
    if asked and "external_choices sheet" in said:
        return facts.at(asked, "type")
    return Place((sheet[1] or sheet[2]) if sheet else "")


def _written(facts: Facts, sheet: str, row: int, column: str | None) -> Place:
    held = facts.form.sheet(sheet)
    if held and column in held.header:
        return Place(held.name, row, column)
    return facts.place(sheet, row, column)


def _row_with(facts: Facts, column: str, text: str, named: str | None = None) -> Place:
    sheet = facts.form.sheet("survey")
    columns = [index for index, header in enumerate(facts.form.headers("survey")) if header.column == column]
    for number, cells in enumerate(sheet.rows if sheet else (), start=2):
        if any(" ".join(cells[index].split()) == text for index in columns):
            return facts.place("survey", number, named or column)
    return facts.place("survey")


def _choice(facts: Facts, list_name: str, name: str) -> Place:
    found = next((choice for choice in facts.form.choice_lists.get(list_name, ()) if choice.name == name), None)
    return facts.place("choices", found.row if found else None, "name")


@cache
def _templates() -> tuple[_Template, ...]:
    from pyxform.errors import ErrorCode

    known = (_Template(_pattern(code.value.msg), _CHINESE[code.name]) for code in ErrorCode if code.name in _CHINESE)
    others = (_Template(re.compile(pattern, re.DOTALL), chinese) for pattern, chinese in _OTHERS)
    return (*known, *others)


def _pattern(template: str) -> re.Pattern[str]:
    """A template of `str.format` as a pattern that finds its values again."""
    escaped = re.escape(template.replace("{{", "\0").replace("}}", "\1"))
    seen: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1].replace("\\", "")
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.*?)"

    with_places = re.sub(r"\\\{(.+?)\\\}", place, escaped)
    return re.compile(with_places.replace("\0", r"\{").replace("\1", r"\}") + r"\s*$", re.DOTALL)
