"""Parses the text of an expression into a tree, and explains where and why a text is not a valid expression."""

import re
import sys
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import Any, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput, UnexpectedToken

from liuwen.cache_folder import cache_folder
from liuwen.errors import LiuwenError
from liuwen.expressions.references import broken_references, references
from liuwen.expressions.slips import slip
from liuwen.expressions.tree import Binary, Call, Expression, Named, Negative, Number, Operator, Path, Step, Text
from liuwen.messages import Sentence

_CURLY_QUOTES = "“”‘’„«»"
_DEEPEST = 200

ENDS_EARLY = Sentence(zh="式子没有写完。", en="the expression is incomplete.")
CURLY_QUOTE = Sentence(
    zh="引号 {found} 是弯的，请改用直引号 ' 。",
    en="{found} is a curly quote; use a straight ' instead.",
)
FULL_WIDTH = Sentence(
    zh="{found} 是全角符号，请改用半角。",
    en="{found} is a full-width character; use the half-width one.",
)
HARD_SPACE = Sentence(
    zh="这里有一个不间断空格，请改为普通空格。",
    en="there is a non-breaking space here; use a normal space.",
)
OPEN_QUOTE = Sentence(zh="引号没有成对，请补上另一半。", en="a quote is not closed; add the closing one.")
DOUBLE_EQUALS = Sentence(zh="“等于”只写一个 = 。", en="use a single = for equality.")
OPEN_BRACKET = Sentence(
    zh="式子没有写完：左括号没有配对，请补上 ) 。",
    en="the expression is incomplete: a bracket is not closed; add the missing ).",
)
EXTRA_BRACKET = Sentence(zh="这个 ) 没有对应的 ( ：请删去，或补上。", en="this ) has no matching (; delete it, or add the (.")
NO_OPERATOR = Sentence(
    zh="{found} 前面缺了运算符，如 = 、and 或逗号：请补上。",
    en="an operator such as =, and or a comma is missing before {found}; add it.",
)
BROKEN_REFERENCE = Sentence(
    zh="引用要写成 ${{名称}}，中间没有空格。",
    en="write a reference as ${{name}}, without spaces.",
)
UNEXPECTED = Sentence(zh="这里不该有 {found} 。", en="{found} is not allowed here.")
TOO_DEEP = Sentence(
    zh="括号嵌套超过 {most} 层，请拆成几道计算题。",
    en="the expression is nested more than {most} levels deep; split it into several calculations.",
)


class ExpressionError(LiuwenError):
    """The text is not a valid expression; `position` is the index at which the problem begins."""

    def __init__(self, sentence: Sentence, position: int) -> None:
        super().__init__(sentence)
        self.position = position


def parse(text: str) -> Expression:
    """The tree of `text`, an XPath 1.0 expression with XLSForm's `${name}`; raises `ExpressionError`.

    >>> parse("${age} >= 18").operator
    '>='
    >>> parse("${age} >=")
    Traceback (most recent call last):
    liuwen.expressions.parsing.ExpressionError: the expression is incomplete.
    """
    outcome = try_parse(text)
    if isinstance(outcome, ExpressionError):
        raise outcome
    return outcome


@lru_cache(maxsize=65536)
def try_parse(text: str) -> Expression | ExpressionError:
    """The tree of `text`, or the error that `parse` would raise."""
    if _nesting(text) > _DEEPEST:
        return ExpressionError(TOO_DEEP.filled(most=_DEEPEST), 0)
    try:
        return cast(Expression, _parser().parse(text))
    except UnexpectedInput as fault:
        return _explain(text, fault)


def _nesting(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "([":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]":
            depth -= 1
    return deepest


def _unclosed(text: str) -> int:
    """How many more brackets are opened than closed, outside quotes."""
    plain = re.sub(r"'[^']*'|\"[^\"]*\"", "", text)
    return plain.count("(") - plain.count(")")


def _explain(text: str, fault: UnexpectedInput) -> ExpressionError:
    broken = broken_references(text)
    if broken:
        return ExpressionError(BROKEN_REFERENCE.filled(), broken[0])
    token = fault.token if isinstance(fault, UnexpectedToken) else None
    if token is not None and token.type == "$END":
        return ExpressionError(OPEN_BRACKET if _unclosed(text) > 0 else ENDS_EARLY, len(text))
    position = cast(int, fault.pos_in_stream)
    found = text[position] if token is None else str(token)
    return ExpressionError(_sentence_for(text, position, found), position)


def _sentence_for(text: str, position: int, found: str) -> Sentence:  # noqa: PLR0911 - a case a kind
    character = text[position]
    if character in _CURLY_QUOTES:
        return CURLY_QUOTE.filled(found=character)
    if character in "\u00a0\u3000\u200b\ufeff":
        return HARD_SPACE
    if "\uff01" <= character <= "\uff5e":
        return FULL_WIDTH.filled(found=character)
    if character in "'\"" and text.count(character) % 2:
        return OPEN_QUOTE
    if character == "=" and position and text[position - 1] == "=":
        return DOUBLE_EQUALS
    if character == ")" and _unclosed(text) < 0:
        return EXTRA_BRACKET
    habit = slip(text, position)
    if habit is None and (found.startswith("${") or character in "'\"") and re.search(r"[}'\")\d]\s*$", text[:position]):
        return NO_OPERATOR.filled(found=found)
    return habit or UNEXPECTED.filled(found=found)


@cache
def _parser() -> Lark:
    grammar = FilePath(__file__).with_name("xpath.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start="expression", transformer=_Tree(), keep_all_tokens=True, cache=_kept_tables())


def _kept_tables() -> str | bool:
    """The file for the parser's tables, which take longer to make than many a form to check; False where nothing is kept."""
    folder = cache_folder()
    if folder is None:
        return False
    with suppress(OSError):  # the tables are then made each time
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder / f"expressions-{sys.version_info[0]}.{sys.version_info[1]}.lark")


def _start(part: Any) -> int:
    return cast(int, part.start_pos if isinstance(part, Token) else part.start)


def _end(part: Any) -> int:
    return cast(int, part.end_pos if isinstance(part, Token) else part.end)


class _Tree(Transformer[Token, Expression]):
    """Builds the tree without recursion while parsing, so that deep nesting cannot exhaust the stack."""

    def number(self, parts: list[Any]) -> Number:
        return Number(float(parts[0]), _start(parts[0]), _end(parts[0]))

    def text(self, parts: list[Any]) -> Text:
        return Text(str(parts[0])[1:-1], _start(parts[0]), _end(parts[0]))

    def named(self, parts: list[Any]) -> Named:
        reference = references(str(parts[0]))[0]
        return Named(reference.name, reference.last_saved, _start(parts[0]), _end(parts[0]))

    def bracketed(self, parts: list[Any]) -> Expression:
        return cast(Expression, parts[1])

    def call(self, parts: list[Any]) -> Call:
        arguments = tuple(part for part in parts[2:-1] if not isinstance(part, Token))
        return Call(str(parts[0]), arguments, _start(parts[0]), _end(parts[-1]))

    def binary(self, parts: list[Any]) -> Binary:
        left, operator, right = parts
        return Binary(cast(Operator, str(operator)), left, right, _start(left), _end(right))

    def negative(self, parts: list[Any]) -> Negative:
        return Negative(parts[1], _start(parts[0]), _end(parts[1]))

    def here(self, parts: list[Any]) -> Path:
        return _path(None, absolute=False, steps=parts[0])

    def from_top(self, parts: list[Any]) -> Path:
        steps = _after_slashes(parts[0], parts[1])
        return Path(None, True, (), tuple(steps), _start(parts[0]), _end(steps[-1]))

    def filtered(self, parts: list[Any]) -> Expression:
        return cast(Expression, parts[0])

    def filtered_by(self, parts: list[Any]) -> Path:
        tests, end = parts[1]
        return Path(parts[0], False, tests, (), _start(parts[0]), end)

    def continued(self, parts: list[Any]) -> Path:
        origin, slash, steps = parts
        further = tuple(_after_slashes(slash, steps))
        if isinstance(origin, Path) and origin.origin is not None and not origin.steps:
            return Path(origin.origin, False, origin.predicates, further, origin.start, _end(further[-1]))
        return Path(origin, False, (), further, _start(origin), _end(further[-1]))

    def relative(self, parts: list[Any]) -> list[Step]:
        return [parts[0]]

    def further(self, parts: list[Any]) -> list[Step]:
        steps, slash, step = parts
        return [*steps, *_after_slashes(slash, [step])]

    def self_step(self, parts: list[Any]) -> Step:
        return Step("self", ".", (), _start(parts[0]), _end(parts[0]))

    def parent_step(self, parts: list[Any]) -> Step:
        return Step("parent", "..", (), _start(parts[0]), _end(parts[0]))

    def step(self, parts: list[Any]) -> Step:
        return _step("child", parts, _start(parts[0]))

    def attribute_step(self, parts: list[Any]) -> Step:
        return _step("attribute", parts[1:], _start(parts[0]))

    def axis_step(self, parts: list[Any]) -> Step:
        return _step(str(parts[0]), parts[2:], _start(parts[0]))

    def node(self, parts: list[Any]) -> Token:
        first, last = parts[0], parts[-1]
        name = "".join(parts)
        return Token("NODE", name, start_pos=first.start_pos, end_pos=last.end_pos)

    def predicates(self, parts: list[Any]) -> tuple[tuple[Expression, ...], int]:
        tests = tuple(part for part in parts if not isinstance(part, Token))
        return tests, _end(parts[-1])


def _step(axis: str, parts: list[Any], start: int) -> Step:
    name = parts[0]
    tests, end = parts[1] if len(parts) > 1 else ((), name.end_pos)
    return Step(axis, str(name), tests, start, end)


def _after_slashes(slash: Token, steps: list[Step]) -> list[Step]:
    """The steps, preceded by the descendant step that `//` stands for."""
    if slash.type == "SLASH":
        return steps
    return [Step("descendant-or-self", "node()", (), _start(slash), _end(slash)), *steps]


def _path(origin: Expression | None, *, absolute: bool, steps: list[Step]) -> Path:
    return Path(origin, absolute, (), tuple(steps), steps[0].start, steps[-1].end)
