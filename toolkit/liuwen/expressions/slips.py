"""What people write in expressions out of habit from spreadsheets and programming languages, and how XPath writes it."""

import re

from liuwen.messages import Sentence

_LOWER = Sentence(zh="“{found}”要用小写：请写成 {meant} 。", en="write {found} in lower case: {meant}.")
_INSTEAD = Sentence(zh="这里没有“{found}”这种写法：请写成 {meant} 。", en="there is no {found} here; write {meant}.")
_NOT = Sentence(
    zh="not 要带括号：请写成 not(…)，例如 not(${{a}} = 'yes')。",
    en="not needs brackets; write not(…), such as not(${{a}} = 'yes').",
)
_DECIMAL = Sentence(
    zh="小数点要写成点，参数之间才用逗号：请写成 {meant} 。",
    en="write decimals with a point, {meant}; a comma separates arguments.",
)
_COMMA = Sentence(zh="参数之间用逗号，不用 {found} 。", en="separate arguments with a comma, not with {found}.")
_BRACES = Sentence(
    zh="引用要写成 ${{{meant}}}，不能少了 $ 和花括号。",
    en="write a reference as ${{{meant}}}, with the $ and the braces.",
)
_DIVIDE = Sentence(
    zh="除法写成 div，/ 用于路径：请写成 a div b 。",
    en="write div to divide; / separates the steps of a path.",
)
_IF = Sentence(
    zh="“如果”要写成 if(条件, 是, 否)。",
    en="write if as a function: if(condition, then, otherwise).",
)
_BETWEEN = Sentence(
    zh="没有 between：请写成 ${{a}} >= 1 and ${{a}} <= 9 。",
    en="there is no between; write ${{a}} >= 1 and ${{a}} <= 9.",
)
_ONE_OF = Sentence(
    zh="没有 in：请写成 ${{a}} = 'x' or ${{a}} = 'y'，或 selected(…)。",
    en="there is no in; write ${{a}} = 'x' or ${{a}} = 'y', or selected(…).",
)
_POWER = Sentence(zh="乘方写成 pow(a, b)。", en="write a power as pow(a, b).")
_CONTAINS = Sentence(
    zh="{found} 不是运算符：请写成函数，如 contains(${{a}}, 'x')。",
    en="{found} is not an operator; write a function, such as contains(${{a}}, 'x').",
)

_AMPERSAND = Sentence(
    zh="这里没有“&”这种写法：“并且”写成 and，连接文字写成 concat(a, b)。",
    en="there is no & here; write and between conditions, or concat(a, b) to join texts.",
)
_NOTHING_BEFORE = Sentence(
    zh="{found} 前面要写比较的是什么：例如 . >= 0 and . <= 5 。",
    en="what is compared must stand before {found}, as in . >= 0 and . <= 5.",
)
_TWO_CONDITIONS = Sentence(
    zh="两个条件之间写 and 或 or，不用逗号。",
    en="join two conditions with and or or, not with a comma.",
)
_LEADING = Sentence(
    zh="式子不以 = 开头（那是电子表格的写法）：请删去。",
    en="an expression does not begin with =, as in a spreadsheet; delete it.",
)
_TERNARY = Sentence(
    zh="没有 ? : 这种写法：请写成 if(条件, 是, 否)。",
    en="there is no ? : here; write if(condition, then, otherwise).",
)
_TRAILING = Sentence(zh="请删去末尾的“;”。", en="delete the ; at the end.")
_JOINS_NOTHING = Sentence(
    zh="{found} 前面要有一个条件：请补上，或删去 {found} 。",
    en="a condition is missing before {found}; add it, or delete {found}.",
)
_ONE_VALUE = Sentence(
    zh="= 和 != 每次只与一个值比较：请写成 ${{a}} = 'x' or ${{a}} = 'y' 。",
    en="= and != compare with one value at a time; write ${{a}} = 'x' or ${{a}} = 'y'.",
)
_JOIN = Sentence(
    zh="文字与回答要用 concat() 连接：请写成 concat('…', ${{a}})。",
    en="to join a text with an answer, write concat('…', ${{a}}).",
)
_SPACED = Sentence(zh="{meant} 中间没有空格。", en="write {meant} without a space.")

_SLIPS: tuple[tuple[str, str, Sentence, str], ...] = (
    (r"", r"(?i:and|or|div|mod)(?![\w.-])", _LOWER, "lower"),
    (r"^\s*(and|or)\s+$", r"\S", _JOINS_NOTHING, "before"),
    (r"(?i:(?<![\w.-])not)\s*$", r"\S", _NOT, ""),
    (r"(?i:(?<![\w.-])if)\s*$", r"\S", _IF, ""),
    (r"\d$", r",\d+", _DECIMAL, "decimal"),
    (r"(?i:(?<![\w.-])between)\s*$", r"\S", _BETWEEN, ""),
    (r"", r";\s*$", _TRAILING, ""),
    (r"=\s*\([^()]*$", r",", _ONE_VALUE, ""),
    (r"<\s*$", r">", _INSTEAD, "!="),
    (r"=\s*$", r">", _INSTEAD, ">="),
    (r"=\s*$", r"<", _INSTEAD, "<="),
    (r"=\s*$", r"!", _INSTEAD, "!="),
    (r"^\s*$", r"=", _LEADING, ""),
    (r">\s+$", r"=", _SPACED, ">="),
    (r"<\s+$", r"=", _SPACED, "<="),
    (r"", r"!\s+=", _SPACED, "!="),
    (r"(^|\(|\b(and|or))\s*$", r"[<>]=?|!=", _NOTHING_BEFORE, ""),
    (r"[<>=]\s*[\w.'\"${}]+\s*$", r",", _TWO_CONDITIONS, ""),
    (r"", r"\?", _TERNARY, ""),
    (r"(?<=[\d)}])\s*$", r"[xX](?=\s*[\d($])", _INSTEAD, "*"),
    (r"", r"&gt;", _INSTEAD, ">"),
    (r"", r"&lt;", _INSTEAD, "<"),
    (r"", r"&&", _INSTEAD, "and"),
    (r"", r"&", _AMPERSAND, ""),
    (r"\|\s*$", r"\|", _INSTEAD, "or"),
    (r"", r"\|\|?", _INSTEAD, "or"),
    (r"", r"≥", _INSTEAD, ">="),
    (r"", r"≤", _INSTEAD, "<="),
    (r"", r"≠", _INSTEAD, "!="),
    (r"!\s*=\s*$", r"=", _INSTEAD, "!="),
    (r"", r"!(?!=)", _INSTEAD, "not(…)"),
    (r"", r"[×✕]", _INSTEAD, "*"),
    (r"", r"÷", _INSTEAD, "div"),
    (r"", r"[−–—]", _INSTEAD, "-"),
    (r"/\s*$", r"[\d($]", _DIVIDE, ""),
    (r"\*\*\s*$", r"\S", _POWER, ""),
    (r"", r"\^", _INSTEAD, "pow(a, b)"),
    (r"", r"%", _INSTEAD, "mod"),
    (r"", r";|、", _COMMA, ""),
    (r"", r"\{\s*([\w.-]+)\s*\}?", _BRACES, "name"),
    (r"", r"(?!\$\{)[$#@]+\{?([\w.-]+)\}?", _BRACES, "name"),
    (r"", r"\[\s*([\w.-]+)\s*\]", _BRACES, "name"),
    (r"", r"(?i:is\s*not|isn't)(?![\w.-])", _INSTEAD, "!="),
    (r"", r"(?i:is|equals?|eq|equal\s+to)(?![\w.-])", _INSTEAD, "="),
    (r"", r"(?i:ne)(?![\w.-])", _INSTEAD, "!="),
    (r"", r"(?i:gt)(?![\w.-])", _INSTEAD, ">"),
    (r"", r"(?i:ge|gte)(?![\w.-])", _INSTEAD, ">="),
    (r"", r"(?i:lt)(?![\w.-])", _INSTEAD, "<"),
    (r"", r"(?i:le|lte)(?![\w.-])", _INSTEAD, "<="),
    (r"", r"(?i:et|und|y|e|和|且|并且)(?![\w.-])", _INSTEAD, "and"),
    (r"", r"(?i:ou|oder|o|或|或者)(?![\w.-])", _INSTEAD, "or"),
    (r"^\s*[^\W\d][\w.,:-]*\s+$", r"[^$()'\"=<>]*\$\{", _JOIN, ""),
    (r"", r"(?i:not)(?![\w.-])", _NOT, ""),
    (r"", r"(?i:between)(?![\w.-])", _BETWEEN, ""),
    (r"", r"(?i:in)(?![\w.-])", _ONE_OF, ""),
    (r"", r"(?i:contains|includes?|has|like|starts-with|ends-with|selected)(?![\w.-])", _CONTAINS, ""),
)
"""What stands before, what stands here, what to say, and what was meant; the first that fits counts."""


def slip(text: str, position: int) -> Sentence | None:
    """The message for a habit from other languages that stops parsing of `text` at `position`; None if there is none.

    >>> slip("${a} > 18 AND ${b} = 'x'", 10).en
    'write AND in lower case: and.'
    """
    for before, here, sentence, meant in _SLIPS:
        found = re.compile(here).match(text, position)
        led = re.search(before, text[:position])
        if found is None or led is None:
            continue
        if meant == "lower" and found[0].islower():
            continue  # the word is right, and what is before it is not
        shown = led[0] + found[0] if sentence is _INSTEAD and before else led[0] if meant == "before" else found[0]
        values = {"lower": found[0].lower(), "decimal": _decimal(text, position)}
        name = next(iter(found.groups()), None) or ""
        return sentence.filled(found="".join(shown.split(" ")) if before else shown, meant=values.get(meant, name or meant))
    return None


def _decimal(text: str, position: int) -> str:
    found = re.compile(r",(\d+)").match(text, position)
    whole = re.search(r"\d+$", text[:position])
    return f"{whole[0] if whole else '0'}.{found[1] if found else '0'}"
