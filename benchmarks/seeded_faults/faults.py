"""Faults to sow in a sound form: what is wrong, where, and the edit that makes it so.

Rows are those of `base.md` as a workbook counts them. Every fault is one that field teams have met: typed by hand, copied
from another form, or left over from a change.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from liuwen.form import Form, Place, Sheet

Edit = Callable[[Form], Form]


class Fault(NamedTuple):
    """What is wrong, in both languages, the edit, and the place that a good report names."""

    en: str
    zh: str
    edit: Edit
    place: Place


def changed(form: Form, name: str, change: Callable[[Sheet], Sheet]) -> Form:
    """The form with one sheet changed."""
    return replace(form, sheets=tuple(change(sheet) if sheet.name == name else sheet for sheet in form.sheets))


def cell(sheet: str, row: int, column: str, value: str) -> Edit:
    """Write `value` into a cell."""

    def change(held: Sheet) -> Sheet:
        rows = [list(cells) for cells in held.rows]
        rows[row - 2][held.header.index(column)] = value
        return replace(held, rows=tuple(map(tuple, rows)))

    return lambda form: changed(form, sheet, change)


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(form: Form) -> Form:
        for each in edits:
            form = each(form)
        return form

    return edit


def header(sheet: str, old: str, new: str) -> Edit:
    """Rename a column."""
    return lambda form: changed(
        form, sheet, lambda held: replace(held, header=tuple(new if name == old else name for name in held.header))
    )


def column(sheet: str, name: str, row: int, value: str) -> Edit:
    """Add a column, with one cell filled."""

    def change(held: Sheet) -> Sheet:
        rows = tuple((*cells, value if number == row else "") for number, cells in enumerate(held.rows, start=2))
        return replace(held, header=(*held.header, name), rows=rows)

    return lambda form: changed(form, sheet, change)


def insert(sheet: str, row: int, **cells: str) -> Edit:
    """Put a new row where `row` was; columns are written with `_` for the parts of a header after its first word."""

    def change(held: Sheet) -> Sheet:
        named = {"en": "label::English (en)", "zh": "label::中文 (zh)"}
        given = {named.get(key, key): value for key, value in cells.items()}
        new = tuple(given.get(name, "") for name in held.header)
        return replace(held, rows=(*held.rows[: row - 2], new, *held.rows[row - 2 :]))

    return lambda form: changed(form, sheet, change)


def without(sheet: str, row: int) -> Edit:
    """Take a row out."""
    return lambda form: changed(form, sheet, lambda held: replace(held, rows=(*held.rows[: row - 2], *held.rows[row - 1 :])))


def renamed(sheet: str, new: str) -> Edit:
    """Rename a sheet."""
    return lambda form: changed(form, sheet, lambda held: replace(held, name=new))


def at(row: int | None, name: str | None = None, sheet: str = "survey") -> Place:
    """A place on the survey sheet, unless another is named."""
    return Place(sheet, row, name)


def survey(en: str, zh: str, row: int, name: str, value: str) -> Fault:
    """A fault that is one cell of the survey sheet."""
    return Fault(en, zh, cell("survey", row, name, value), at(row, name))


EN, ZH = "label::English (en)", "label::中文 (zh)"
STRUCTURE = (
    Fault("group never closed", "组没有关上", without("survey", 20), at(17, "type")),
    Fault("end without a begin", "多出一个 end", insert("survey", 7, type="end group"), at(7, "type")),
    Fault("repeat closed as a group", "重复组用 end group 关", cell("survey", 15, "type", "end group"), at(15, "type")),
    survey("duplicate name in a group", "同组重名", 9, "name", "rooms"),
    survey("names that differ in case only", "名称只差大小写", 9, "name", "Rooms"),
    survey("name with a space", "名称有空格", 13, "name", "first called"),
    survey("name in Chinese letters", "名称用了汉字", 21, "name", "电话"),
    survey("no name", "没有名称", 5, "name", ""),
    survey("name reserved by the phone", "用了系统保留的名称", 21, "name", "meta"),
    survey("name reserved by Stata", "用了 Stata 保留的名称", 19, "name", "long"),
    survey("name too long for Stata", "名称太长，Stata 存不下", 19, "name", "the_daily_wage_of_the_person_asked"),
    survey("misspelt type", "题型写错", 7, "type", "intger"),
    survey("type without its list", "题型后面没有列表名", 4, "type", "select_one"),
    survey("no type", "没有题型", 21, "type", ""),
    Fault("misspelt column", "列名写错", header("survey", "relevant", "relevent"), at(1, "relevent")),
    Fault(
        "misspelt column of a language",
        "某种语言的列名写错",
        header("survey", "hint::中文 (zh)", "hnt::中文 (zh)"),
        at(1, "hnt::中文 (zh)"),
    ),
    Fault("unknown column", "不认识的列", column("survey", "mandatory_if", 7, "yes"), at(1, "mandatory_if")),
    Fault("column written twice", "同一列写了两遍", column("survey", "relevance", 9, "1 = 1"), at(1, "relevance")),
    Fault("misspelt setting", "设置写错", header("settings", "version", "verison"), at(1, "verison", "settings")),
    Fault("no version", "没有版本号", cell("settings", 2, "version", ""), at(2, "version", "settings")),
    Fault("misspelt sheet", "表名写错", renamed("choices", "choises"), at(None, None, "choises")),
    Fault("empty group", "空的组", both(without("survey", 18), without("survey", 18)), at(17, "name")),
    Fault("label of spaces", "label 只有空格", both(cell("survey", 21, EN, "  "), cell("survey", 21, ZH, " ")), at(21, EN)),
    Fault(
        "merged cells",
        "合并单元格",
        lambda form: changed(form, "choices", lambda held: replace(held, merged=("A2:A3",))),
        at(2, "list_name", "choices"),
    ),
    Fault(
        "formula cell",
        "公式单元格",
        lambda form: changed(form, "survey", lambda held: replace(held, formulas=("C7",))),
        at(7, EN),
    ),
    Fault("content beside the table", "表格旁边有内容", column("survey", "", 7, "ask twice"), at(7, "")),
    Fault("content below the table", "表格下面有内容", insert("survey", 22, appearance="minimal"), at(22, "type")),
    survey("condition on the end row", "条件写在 end 行", 20, "relevant", "${rooms} > 2"),
    survey("invisible space in a name", "名称里有看不见的空格", 13, "name", "called\u200b"),
    survey("invisible control character", "看不见的控制字符", 21, EN, "Thank\x1f you."),
    Fault(
        "encrypted without an instance ID",
        "要加密却没有 instanceID",
        both(column("settings", "public_key", 2, "MIIB"), column("settings", "omit_instanceID", 2, "yes")),
        at(2, "omit_instanceID", "settings"),
    ),
)
LOGIC = (
    survey("syntax error", "式子写错", 9, "relevant", "selected(${needs}, 'other'"),
    survey("two equals signs", "写成两个等号", 19, "relevant", "${consent} == 'yes'"),
    survey("full-width brackets", "全角括号", 9, "relevant", "selected（${needs}, 'other'）"),
    survey("unknown function", "没有这个函数", 16, "calculation", "cuont(${member})"),
    survey(
        "unknown function in a branch", "分支里有不存在的函数", 16, "calculation", "if(count(${member}) > 100, averge(1, 2), 1)"
    ),
    survey("wrong number of arguments", "参数个数不对", 16, "calculation", "if(count(${member}) > 100, 1)"),
    survey("dangling reference", "引用的题不存在", 19, "relevant", "${consnt} = 'yes'"),
    survey("reference without its brace", "引用少了括号", 14, EN, "How old is ${called?"),
    Fault(
        "ambiguous reference",
        "引用不知指哪一个",
        both(insert("survey", 18, type="text", name="called", en="By whom?", zh="谁介绍的？")),
        at(14, EN),
    ),
    survey("value that is no choice", "比较的值不在选项里", 19, "relevant", "${consent} = 'agreed'"),
    survey("misspelt choice", "选项值写错", 9, "relevant", "selected(${needs}, 'othr')"),
    survey("= on a select-multiple", "多选题用了等号", 9, "relevant", "${needs} = 'other'"),
    survey("number in selected()", "selected() 里给了数字", 9, "relevant", "selected(${needs}, 1)"),
    survey("number compared with a text", "数字与文字比较", 17, "relevant", "${rooms} = 'many'"),
    survey("text compared with a number", "文字与数字比较", 14, "relevant", "${called} > 3"),
    survey("date compared with a text", "日期与文字比大小", 19, "relevant", "${since} > '2020-01-01'"),
    survey("date without quotes", "日期没有引号", 18, "constraint", ". <= 2026-12-31"),
    survey("forgotten quotes", "忘了引号", 19, "relevant", "${consent} = yes"),
    survey("path that leads nowhere", "路径不通", 19, "relevant", "/data/household/consent = 'yes'"),
    survey("condition on a later question", "条件里的题在后面", 7, "relevant", "${minutes} > 5"),
    survey("condition on itself", "条件里有自己", 19, "relevant", "${wage} > 0"),
    Fault(
        "circle of calculations",
        "计算互相依赖",
        both(
            cell("survey", 16, "calculation", "${twice} + 1"),
            insert("survey", 17, type="calculate", name="twice", calculation="${members} * 2"),
        ),
        at(16, "calculation"),
    ),
    survey("constraint no answer meets", "没有答案能满足", 7, "constraint", ". > 40 and . < 1"),
    survey("constraint every answer meets", "任何答案都满足", 7, "constraint", ". >= 1 or . <= 40"),
    survey("relevance never true", "条件永远不成立", 17, "relevant", "${rooms} > 5 and ${rooms} < 3"),
    survey("relevance beyond the bounds", "条件超出取值范围", 17, "relevant", "${rooms} > 60"),
    survey("relevance against its group", "与外层组的条件矛盾", 19, "relevant", "${rooms} = 1"),
    survey("relevance always true", "条件总是成立", 19, "relevant", "${consent} != 'yes' or ${consent} != 'no'"),
    Fault(
        "required in a dead group",
        "死组里的必答题",
        both(cell("survey", 17, "relevant", "${rooms} > 60"), cell("survey", 18, "required", "yes")),
        at(18, "required"),
    ),
    survey("repeat read from outside", "从外面读重复组", 19, "relevant", "${age} > 16"),
    survey("random number drawn on every edit", "每次打开都变的随机数", 16, "calculation", "random()"),
    survey("age that grows with editing", "随修改日期变化的计算", 16, "calculation", "int((today() - ${since}) div 365)"),
    survey("calculate without calculation", "没有算式的计算题", 16, "calculation", ""),
    survey("required note", "必答的说明", 21, "required", "yes"),
    Fault(
        "required and read-only",
        "必答又只读",
        both(cell("survey", 13, "required", "yes"), cell("survey", 13, "read_only", "yes")),
        at(13, "required"),
    ),
    survey("default that is no choice", "默认值不在选项里", 4, "default", "maybe"),
    survey("default that is no date", "默认值不是日期", 18, "default", "21/11/2026"),
    survey("unknown parameter", "不认识的参数", 11, "parameters", "start=0 end=60 stepp=5"),
    survey("parameter of an impossible value", "参数的值不对", 11, "parameters", "start=0 end=many step=5"),
    survey("constraint on a calculation", "计算题上的限制", 16, "constraint", ". > 0"),
)
SILENT = (
    Fault(
        "value that is never calculated",
        "永远算不出的值",
        both(
            cell("survey", 16, "calculation", "if(${rooms} > 3, 'many', 'few')"),
            cell("survey", 19, "relevant", "${members} = 'lots'"),
        ),
        at(19, "relevant"),
    ),
    survey(
        "label looked up in a translated list",
        "到有译文的列表里查 label",
        16,
        "calculation",
        "instance('town')/root/item[name = ${town}]/label",
    ),
    survey(
        "column looked up that is not there",
        "查列表里没有的列",
        16,
        "calculation",
        "instance('town')/root/item[name = ${town}]/people",
    ),
    survey("pattern that is not closed", "正则表达式没有关上", 13, "constraint", "regex(., '[A-Z')"),
    survey("pattern between slashes", "正则表达式两头写了斜杠", 13, "constraint", "regex(., '/^[A-Z]+$/')"),
    survey("pattern forbidden within a text", "不许含有的正则表达式没有写 .*", 13, "constraint", "not(regex(., '[0-9]'))"),
    survey("steps that do not reach the end", "步长走不到头", 11, "parameters", "start=0 end=60 step=7"),
    survey("relevance beyond the end of a range", "条件超出滑块的范围", 19, "relevant", "${minutes} > 60"),
    survey("more choices than there are", "选的项数比选项还多", 19, "relevant", "count-selected(${needs}) > 4"),
    survey("position outside a repeat", "重复组之外的 position", 16, "calculation", "position(..)"),
    survey("filter on its own answer", "筛选看自己的答案", 6, "choice_filter", "town = ${village}"),
    survey("filter on a number", "按数字筛选文字", 6, "choice_filter", "town = ${rooms}"),
    survey("space in place of a blank", "用空格表示没有答案", 19, "relevant", "${called} != ' '"),
    survey("words that read a repeat from outside", "从外面在文字里读重复组", 21, EN, "Thank you, ${called}."),
    survey(
        "message that reads a repeat from outside",
        "从外面在提示语里读重复组",
        18,
        "constraint_message::English (en)",
        "Not ${age}",
    ),
    survey("constraint on another answer", "限制里没有自己的答案", 7, "constraint", "${minutes} <= 40"),
    survey("selected() the wrong way round", "selected() 写反", 9, "relevant", "selected('other', ${needs})"),
    survey("whole number with decimals by default", "整数题的默认值带小数", 7, "default", "2.5"),
    survey("day by default that is in no calendar", "默认值是不存在的日子", 18, "default", "2026-02-30"),
    Fault(
        "acknowledgement compared with yes",
        "确认题与 yes 比较",
        both(cell("survey", 4, "type", "acknowledge"), cell("survey", 19, "relevant", "${consent} = 'yes'")),
        at(19, "relevant"),
    ),
    Fault(
        "filter of two values that no choice has together",
        "筛选要的两个值没有一项同时有",
        cell("survey", 6, "choice_filter", "town = 'east' and name = 'w1'"),
        at(6, "choice_filter"),
    ),
    survey("appearance as a condition", "把外观写成条件", 17, "relevant", "field-list"),
    survey("word as a condition", "把一个词写成条件", 19, "relevant", "hidden"),
    survey("selected() on a number", "selected() 用在数字题上", 17, "relevant", "selected(${rooms}, '5')"),
    survey("number of choices compared directly", "直接比较选了几项", 9, "relevant", "${needs} > 1"),
    survey("date shifted without date()", "日期加减后没有写 date()", 16, "calculation", "today() + 7"),
    survey("format-date() the wrong way round", "format-date() 写反", 16, "calculation", "format-date('%Y', ${since})"),
    survey("date() of a text question", "date() 里是文字题", 16, "calculation", "date(${needs_other})"),
    survey("regex() the wrong way round", "regex() 写反", 8, "constraint", "regex('[a-z ]+', .)"),
    survey("filter that starts at the choice", "筛选从选项找起", 6, "choice_filter", "town = ../town"),
    survey("default beyond its own bounds", "默认值超出本题的范围", 7, "default", "50"),
    survey("reference without its $", "引用少写了 $", 21, EN, "Thank you, {consent}."),
    survey("star for required", "必答写成星号", 7, "required", "*"),
    survey("yes as a calculation", "计算写成 yes", 11, "calculation", "yes"),
    Fault("count on a question", "重复次数写在题上", column("survey", "repeat_count", 7, "${rooms}"), at(7, "repeat_count")),
    survey("FALSE as a condition", "条件写成 FALSE", 19, "relevant", "FALSE"),
    survey("question without its braces", "题名没有加括号", 16, "calculation", "rooms"),
    survey("number as a constraint", "限制写成一个数", 7, "constraint", "40"),
    survey("text as a condition", "条件写成一段文字", 19, "relevant", "'yes'"),
    survey("required: oui", "必答写成 oui", 7, "required", "oui"),
    survey("required: 是", "必答写成“是”", 7, "required", "是"),
    survey("required: a tick", "必答写成对勾", 7, "required", "✓"),
    survey("read-only: sim", "只读写成 sim", 7, "read_only", "sim"),
    survey("required: no in quotes", "必答写成带引号的 no", 7, "required", "'no'"),
    survey("reference in quotes in a filter", "筛选里的引用加了引号", 6, "choice_filter", "town = '${town}'"),
    survey("reference in quotes in a condition", "条件里的引用加了引号", 19, "relevant", "'${consent}' = 'yes'"),
    survey("reference in quotes in a calculation", "算式里的引用加了引号", 16, "calculation", "concat('rooms: ${rooms}', '')"),
    survey("= on a select-multiple in a filter", "筛选里多选题用了等号", 6, "choice_filter", "town = ${needs}"),
    survey("chained comparison", "连写的比较", 19, "relevant", "1 < ${rooms} < 5"),
    survey("chained comparison in a constraint", "限制里连写的比较", 7, "constraint", "0 < . <= 40"),
    survey("= between three", "三个连等", 19, "relevant", "${rooms} = ${minutes} = 5"),
    survey("or with a bare value", "or 后面只有值", 9, "relevant", "selected(${needs}, 'other') or 'road'"),
    survey("= with a list in brackets", "等于括号里的几个值", 19, "relevant", "${consent} = ('yes' or 'no')"),
    survey("test of an if that is a text", "if 的条件是文字", 16, "calculation", "if('yes', 1, 2)"),
    survey("condition compared with 'no'", "条件与 'no' 比较", 9, "relevant", "selected(${needs}, 'other') = 'no'"),
    survey("condition above 1", "条件大于 1", 9, "relevant", "selected(${needs}, 'other') > 1"),
    survey("answer compared with itself", "与自己比较", 19, "relevant", "${rooms} = ${rooms}"),
    survey("length that is never negative", "长度不会是负数", 13, "constraint", "string-length(.) >= 0"),
    survey("count that is never negative", "个数不会是负数", 9, "relevant", "count-selected(${needs}) >= 0"),
    survey("group used as a value", "把组当作值", 21, "relevant", "${work} != ''"),
    survey("repeat used as a value", "把重复组当作值", 19, "relevant", "${member} > 2"),
    survey("note used as a value", "把说明当作值", 16, "calculation", "if(${thanks} = 'x', 1, 2)"),
    survey("none rule the wrong way round", "“没有”的规则写反", 8, "constraint", "selected(., 'none') and count-selected(.) > 1"),
    survey("none rule with or", "“没有”的规则用了 or", 8, "constraint", "not(selected(., 'none')) or count-selected(.) > 1"),
    survey(
        "none rule that allows nothing else", "只能选“没有”", 8, "constraint", "selected(., 'none') and count-selected(.) = 1"
    ),
    survey("+ on texts", "用 + 连接文字", 16, "calculation", "'rooms: ' + ${rooms}"),
    survey("+ on a select", "选择题用 + 计算", 16, "calculation", "${consent} + 1"),
    Fault(
        "moment compared with now()",
        "时刻与 now() 比较",
        both(cell("survey", 18, "type", "dateTime"), cell("survey", 18, "constraint", ". <= now()")),
        at(18, "constraint"),
    ),
    Fault(
        "sum inside its repeat",
        "在重复组里求和",
        insert("survey", 15, type="calculate", name="ages", calculation="sum(${age})"),
        at(15, "calculation"),
    ),
    Fault(
        "count of a repeat inside it",
        "在重复组里数它自己",
        insert("survey", 15, type="calculate", name="size", calculation="count(${member})"),
        at(15, "calculation"),
    ),
    survey(
        "name of a choice without quotes", "choice-name 没有引号", 16, "calculation", "jr:choice-name(${consent}, ${consent})"
    ),
    survey("AND in capitals", "大写的 AND", 19, "relevant", "${consent} = 'yes' AND ${rooms} > 2"),
    survey("&&", "写成 &&", 19, "relevant", "${consent} = 'yes' && ${rooms} > 2"),
    survey("<>", "写成 <>", 19, "relevant", "${consent} <> 'yes'"),
    survey("=>", "写成 =>", 19, "relevant", "${rooms} => 2"),
    survey("≥", "写成 ≥", 19, "relevant", "${rooms} ≥ 2"),
    survey("not without brackets", "not 没有括号", 19, "relevant", "not ${consent} = 'yes'"),
    survey("decimal comma", "小数用了逗号", 19, "relevant", "${rooms} > 0,5"),
    survey("braces without $", "花括号前没有 $", 19, "relevant", "{rooms} > 2"),
    survey("type of another tool", "别的工具的题型", 7, "type", "number"),
    survey("yes/no as a type", "题型写成 yes/no", 4, "type", "yes/no"),
    survey("repeat offered as choices", "把重复组当作选项", 6, "type", "select_one ${member}"),
    survey("question named like the root", "题名与根相同", 21, "name", "data"),
    Fault(
        "file of pulldata with its ending",
        "pulldata 的文件名带 .csv",
        cell("survey", 16, "calculation", "pulldata('v.csv', 'a', 'b', ${town})"),
        at(16, "calculation"),
    ),
    Fault(
        "one language spelt two ways",
        "一种语言两种写法",
        header("survey", "hint::English (en)", "hint::english (en)"),
        at(1, "hint::english (en)"),
    ),
    Fault("instance::tag on a group", "组上的 instance::tag", column("survey", "instance::tag", 17, "x"), at(1, "instance::tag")),
    Fault(
        "name for submissions from a repeat",
        "答卷名取自重复组",
        column("settings", "instance_name", 2, "concat('HH ', ${called})"),
        at(2, "instance_name", "settings"),
    ),
    survey("a select as a condition", "选择题单独作条件", 19, "relevant", "${consent}"),
    survey("two selects compared at once", "两道题一起比较", 19, "relevant", "(${consent} or ${service}) = 'yes'"),
    survey("chained comparison in brackets", "带括号的连写比较", 19, "relevant", "1 < (${rooms} < 5)"),
    survey("count of a multiple choice", "用 count() 数选了几项", 9, "relevant", "count(${needs}) > 1"),
    survey("word in a function", "函数里的词没有引号", 19, "relevant", "string-length(rooms) > 0"),
    survey("function without brackets", "函数没有括号", 18, "constraint", ". <= today"),
    survey("own answer by name", "本题的答案写成 value", 7, "constraint", "value > 0"),
    survey("subtraction for a range", "用减号表示范围", 7, "constraint", "1 - 40"),
    survey("date in another order", "日期顺序不对", 18, "constraint", ". <= date('31/12/2026')"),
    survey("date pattern of a spreadsheet", "电子表格的日期格式", 16, "calculation", "format-date(today(), 'DD.MM.YYYY')"),
    survey("space in a compared value", "比较的值多了空格", 19, "relevant", "${consent} = 'yes '"),
    survey("sum of a repeat", "对重复组求和", 16, "calculation", "sum(${member})"),
    survey("two conditions with a comma", "两个条件用逗号隔开", 7, "constraint", ". >= 1, . <= 40"),
    survey("nothing before the comparison", "比较号前面没有东西", 7, "constraint", ". >= 1 and <= 40"),
    survey("type of another tool with its list", "别的工具的题型", 4, "type", "radio yes_no"),
    Fault(
        "language after an underscore",
        "用下划线写语言",
        header("survey", "hint::English (en)", "hint_English"),
        Place("survey", 1, "hint_English"),
    ),
    Fault(
        "column in two parts",
        "不能分开的列",
        column("survey", "default::x", 7, "3"),
        Place("survey", 1, "default::x"),
    ),
)
CHOICES = (
    Fault(
        "unused list",
        "没有用到的列表",
        insert("choices", 4, list_name="colour", name="red", en="Red", zh="红"),
        at(4, "list_name", "choices"),
    ),
    survey("missing list", "列表不存在", 4, "type", "select_one yesno"),
    Fault("duplicate choice", "选项值重复", cell("choices", 9, "name", "water"), at(9, "name", "choices")),
    Fault("two choices that read the same", "选项文字相同", cell("choices", 9, ZH, "吃水"), at(9, ZH, "choices")),
    Fault("choice with a space", "选项值有空格", cell("choices", 9, "name", "a road"), at(9, "name", "choices")),
    Fault("choice without a name", "选项没有值", cell("choices", 9, "name", ""), at(9, "name", "choices")),
    Fault(
        "choice without a label",
        "选项没有文字",
        both(cell("choices", 9, EN, ""), cell("choices", 9, ZH, "")),
        at(9, EN, "choices"),
    ),
    Fault("other that is not explained", "“其他”没有追问", without("survey", 9), at(8, "type")),
    survey("specify asked of everybody", "“请说明”问到每个人", 9, "relevant", ""),
    Fault(
        "none together with something",
        "“没有”能与别的同选",
        both(
            *(
                cell("survey", 8, name, "")
                for name in ("constraint", "constraint_message::English (en)", "constraint_message::中文 (zh)")
            )
        ),
        at(8, "constraint"),
    ),
    Fault(
        "scale out of order",
        "等级次序乱",
        both(without("choices", 13), insert("choices", 12, list_name="satisfaction", name="2", en="Dissatisfied", zh="不满意")),
        at(12, EN, "choices"),
    ),
    Fault("unbalanced scale", "等级两边不等", without("choices", 13), at(12, EN, "choices")),
    survey("filter by a column that is not there", "筛选的列不存在", 6, "choice_filter", "twon = ${town}"),
    Fault("filter that leaves nothing", "筛选后没有选项", cell("choices", 7, "town", "east"), at(6, "choice_filter")),
    Fault(
        "very long list",
        "列表太长",
        lambda form: changed(
            form,
            "choices",
            lambda held: replace(
                held, rows=(*held.rows, *(("village", f"v{n}", f"Village {n}", f"{n} 村", "east") for n in range(1200)))
            ),
        ),
        at(6, "list_name", "choices"),
    ),
)
WORDING = (
    survey("missing translation", "缺翻译", 10, ZH, ""),
    Fault(
        "unknown default language",
        "默认语言不存在",
        cell("settings", 2, "default_language", "Chinese"),
        at(2, "default_language", "settings"),
    ),
    survey("translation without its ${…}", "翻译里少了引用", 14, ZH, "多大？"),
    survey("leftover markup", "残留标签", 21, EN, "Thank&nbsp;you."),
    survey("tag without its partner", "标签不成对", 21, EN, "<b>Thank you."),
    survey(
        "question longer than a screen",
        "题目太长",
        10,
        EN,
        "How satisfied are you, all things considered, " + "with this and with that and with everything else, " * 7,
    ),
    Fault(
        "constraint without a message",
        "限制没有说明",
        both(cell("survey", 7, "constraint_message::English (en)", ""), cell("survey", 7, "constraint_message::中文 (zh)", "")),
        at(7, "constraint_message::English (en)"),
    ),
    Fault(
        "message without a constraint",
        "有说明没有限制",
        cell("survey", 7, "constraint", ""),
        at(7, "constraint_message::English (en)"),
    ),
)
CRAFT = (
    Fault(
        "no consent asked",
        "没有征求同意",
        both(
            cell("survey", 4, "name", "happy"),
            cell("survey", 4, EN, "Are you well?"),
            cell("survey", 4, ZH, "您好吗？"),
            cell("survey", 19, "relevant", ""),
        ),
        at(None),
    ),
    Fault(
        "telephone before consent",
        "同意之前问电话",
        insert("survey", 4, type="text", name="phone", en="Telephone number?", zh="电话号码？"),
        at(4, EN),
    ),
    survey("sensitive text, unmarked", "敏感文字没有标记", 13, EN, "What illness does the member have?"),
    Fault("no end time", "没有结束时间", without("survey", 3), at(None)),
    survey("appearance of another type", "题型没有这种外观", 13, "appearance", "likert"),
    survey("misspelt appearance", "外观写错", 10, "appearance", "minimall"),
    survey("appearance of one app only", "只有一种应用支持的外观", 10, "appearance", "quick"),
    survey("external file missing", "外部文件缺失", 6, "type", "select_one_from_file villages.csv"),
    Fault(
        "telephone as a number",
        "电话号码用数字题",
        insert("survey", 21, type="integer", name="phone", en="Telephone number?", zh="电话号码？"),
        at(21, "type"),
    ),
    survey("filter on a text question", "文字题上的筛选", 13, "choice_filter", "town = 'east'"),
)
PARTS = {
    "structure · 结构": STRUCTURE,
    "logic · 逻辑": LOGIC,
    "expressions that ask nothing, and habits · 问不到东西的式子与习惯写法": SILENT,
    "choices · 选项": CHOICES,
    "wording and languages · 文字与语言": WORDING,
    "craft and care · 质量与分寸": CRAFT,
}
