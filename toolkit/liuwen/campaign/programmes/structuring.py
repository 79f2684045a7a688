"""From the raw tables of a TOML to the frozen dataclasses, with cattrs; each thing that does not fit is a fault."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.programmes.extending import Raw, entry_id
from liuwen.campaign.schema import Amount, Period, Programme
from liuwen.messages import Sentence

UNKNOWN_KEY = Sentence(zh="没有“{key}”这个键。{suggestion}", en='Unknown key "{key}". {suggestion}')
NOTHING_TO_DROP = Sentence(
    zh="drop = true 要去掉的“{key}”在被扩展的文件里没有。请核对 id。",
    en='drop = true names "{key}", which the extended file does not have. Check the id.',
)
UNKNOWN_WORD = Sentence(zh="不认识“{word}”。{suggestion}", en='Unknown word "{word}". {suggestion}')
WRONG_TYPE = Sentence(zh="这里应为{expected}，写的是 {value}。", en="Expected {expected} here, not {value}.")
TEXT = Sentence(zh="带引号的文字", en="a text in quotes")
NUMBER = Sentence(zh="数字", en="a number")
WHOLE_NUMBER = Sentence(zh="整数", en="a whole number")
YES_OR_NO = Sentence(zh="true 或 false", en="true or false")
TABLE = Sentence(zh="一张表（{{ 键 = 值 }}）", en="a table ({{ key = value }})").filled()
LIST = Sentence(zh="列表（[ ]）", en="a list ([ ])")
AMOUNT = Sentence(zh="数字，或按职务给出的数字表", en="a number, or a table of numbers by rank")
PERIOD = Sentence(
    zh="year、month、programme、festival 或 {{ days = n }}", en="year, month, programme, festival or {{ days = n }}"
).filled()
PERIODS = ("year", "month", "programme", "festival")


class _MisfitError(Exception):
    """A value that does not fit where it stands."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def structured(raw: Raw) -> tuple[Programme, list[tuple[Path, Sentence]]]:
    """The programme, and what did not fit; what did not fit is left at its default, so that all else is still looked at."""
    misfits: list[tuple[Path, Sentence]] = []
    mended = raw
    while True:
        try:
            return _converter().structure(mended, Programme), misfits
        except ClassValidationError as error:
            found = list(_misfits(error, mended, (), ()))
            misfits += [(path, sentence) for path, _, sentence in found]
            for keys in _outermost({keys for _, keys, _ in found}):
                mended = _without(mended, keys)


def _outermost(found: set[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Those not inside another, the later entries of a list before the earlier."""
    outer = [keys for keys in found if not any(keys[:length] in found for length in range(1, len(keys)))]
    return sorted(outer, key=lambda keys: [str(key).zfill(6) for key in keys], reverse=True)


def _without(raw: Any, keys: tuple[Any, ...]) -> Any:
    """A copy without the value at `keys`."""
    key, rest = keys[0], keys[1:]
    if isinstance(raw, Mapping):
        if rest:
            return {**raw, key: _without(raw[key], rest)}
        return {name: value for name, value in raw.items() if name != key}
    if rest:
        return [_without(value, rest) if at == key else value for at, value in enumerate(raw)]
    return [value for at, value in enumerate(raw) if at != key]


Found = tuple[Path, tuple[Any, ...], Sentence]


def _misfits(error: Exception, raw: Any, path: Path, keys: tuple[Any, ...]) -> Iterator[Found]:
    """Each misfit inside an error of cattrs: its path by ids, its keys in `raw`, and what to say."""
    if isinstance(error, ClassValidationError):
        noted, plain = error.group_exceptions()
        for inner, note in noted:
            key = note.name.rstrip("_")
            yield from _misfits(inner, raw.get(key) if isinstance(raw, Mapping) else None, (*path, key), (*keys, key))
        for inner in plain:
            yield from _misfits(inner, raw, path, keys)
    elif isinstance(error, IterableValidationError):
        noted_items, _ = error.group_exceptions()
        for inner, item in noted_items:
            at = item.index
            value = raw[at]
            name = str(at) if isinstance(raw, Mapping) else entry_id(value, int(at) + 1)
            yield from _misfits(inner, value, (*path, name), (*keys, at))
    elif isinstance(error, ForbiddenExtraKeysError):
        for extra in sorted(error.extra_fields):
            left_out = keys if extra == "drop" else (*keys, extra)
            yield (*path, extra), left_out, _unknown_key(extra, error.cl, path)
    else:
        yield path, keys, error.sentence if isinstance(error, _MisfitError) else _wrong(raw, TABLE)


def _unknown_key(key: str, owner: type | None, path: Path) -> Sentence:
    if key == "drop":
        return NOTHING_TO_DROP.filled(key=path[-1] if path else key)
    known = tuple(one.name.rstrip("_") for one in fields(owner)) if owner is not None and is_dataclass(owner) else ()
    return UNKNOWN_KEY.filled(key=key, suggestion=suggestion(key, known))


def _wrong(value: object, expected: Sentence) -> Sentence:
    return WRONG_TYPE.filled(expected=expected, value=_shown(value))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    text = "{…}" if isinstance(value, Mapping) else "[…]" if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _yes_or_no)
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(Decimal, _number)
    converter.register_structure_hook(Amount, _amount)
    converter.register_structure_hook(Period, _period)
    converter.register_structure_hook_func(lambda kind: kind is Any, lambda value, _: value)
    converter.register_structure_hook_func(_is_word, _word)
    converter.register_structure_hook_factory(_is_table_class, lambda kind: _table_of(kind, converter))
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _list_of(kind, converter))
    converter.register_structure_hook_factory(_is_mapping, lambda kind: _mapping_of(kind, converter))
    return converter


def _is_table_class(kind: Any) -> bool:
    return is_dataclass(kind) and kind not in (Amount, Period)


def _is_word(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is Literal


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _table_of(kind: Any, converter: Converter) -> Any:
    """A hook that reads a table; `from_` is written `from`."""
    renamed = {one.name: override(rename=one.name.rstrip("_")) for one in fields(kind) if one.name.endswith("_")}
    inner = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **renamed)  # type: ignore[arg-type]

    def read(value: Any, wanted: Any) -> Any:
        if not isinstance(value, Mapping):
            raise _MisfitError(_wrong(value, TABLE))
        return inner(value, wanted)

    return read


def _list_of(kind: Any, converter: Converter) -> Any:
    item = get_args(kind)[0]

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _MisfitError(_wrong(value, LIST))
        return tuple(converter.structure(value, list[item]))  # type: ignore[valid-type]

    return read


def _mapping_of(kind: Any, converter: Converter) -> Any:
    held = get_args(kind)[1]

    def read(value: Any, _: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _MisfitError(_wrong(value, TABLE))
        return dict(value) if held is Any else converter.structure(value, dict[str, held])  # type: ignore[valid-type]

    return read


def _text(value: Any, _: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise _MisfitError(_wrong(value, TEXT))
    return value


def _yes_or_no(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise _MisfitError(_wrong(value, YES_OR_NO))
    return value


def _whole_number(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _MisfitError(_wrong(value, WHOLE_NUMBER))
    return value


def _number(value: Any, _: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _MisfitError(_wrong(value, NUMBER))
    return Decimal(value)


def _amount(value: Any, _: Any) -> Amount:
    if isinstance(value, Mapping) and all(isinstance(one, int | Decimal) and not isinstance(one, bool) for one in value.values()):
        return Amount(by_rank={rank: Decimal(one) for rank, one in value.items()})
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _MisfitError(_wrong(value, AMOUNT))
    return Amount(every=Decimal(value))


def _period(value: Any, _: Any) -> Period:
    if isinstance(value, str):
        if value not in PERIODS:
            raise _MisfitError(UNKNOWN_WORD.filled(word=value, suggestion=suggestion(value, PERIODS)))
        return Period(word=value)
    if isinstance(value, Mapping) and set(value) == {"days"} and type(value["days"]) is int and value["days"] > 0:
        return Period(days=value["days"])
    raise _MisfitError(_wrong(value, PERIOD))


def _word(value: Any, kind: Any) -> Any:
    words = tuple(word for word in get_args(kind) if word)
    if value not in get_args(kind):
        raise _MisfitError(UNKNOWN_WORD.filled(word=value, suggestion=suggestion(str(value), words)))
    return value
