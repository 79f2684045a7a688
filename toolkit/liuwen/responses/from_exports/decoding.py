"""The text of a file of answers: its encoding is detected by evidence, never guessed silently.

A byte-order mark settles it; then UTF-16 without one (every other byte is zero), and UTF-8 (which no other text of some length
happens to be). Two are left that any bytes may be: GB 18030, in which Chinese text is pairs of high bytes that mean common
characters, and Windows-1252, in which a high byte is a letter between Latin ones. Where neither shows, the caller is asked.
"""

import codecs
import re

from liuwen.errors import ReadError
from liuwen.messages import Sentence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_COMMON_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
"""GB 2312's punctuation, full-width signs, and the 3,755 characters of its first level: 99 % of running Chinese text."""
_SYLLABLES = range(0xB0, 0xC9)
_ENOUGH = 10
"""Different characters that tell Korean from Chinese."""
_CAPITAL_WITHIN = re.compile("[a-zß-ÿ][À-ÞŠŒŽŸ]")
_LATIN = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸœŒšŠžŽ’‘“”–—…«»°²³µ·¿¡€£§©®ªº´ \xa0")

_UNCLEAR = Sentence(
    zh='看不出 {name} 的编码：既不是 UTF-8，也不像 GB 18030 或 Windows-1252。请用 encoding= 说明，例如 encoding="gb18030"。',
    en="The encoding of {name} is not evident: it is not UTF-8, and looks like neither GB 18030 nor Windows-1252. Pass it, for "
    'example encoding="cp1252".',
)
_NO_SUCH = Sentence(
    zh="没有“{encoding}”这种编码；请写成 utf-8、gb18030、cp1252 这样的名称。",
    en="There is no encoding “{encoding}”; write it like utf-8, gb18030 or cp1252.",
)
_NOT_IN_IT = Sentence(
    zh="{name} 的编码不是 {encoding}：第 {place} 个字节不合。请用 encoding= 说明别的编码，或重新导出。",
    en="{name} is not in {encoding}: byte {place} does not fit it. Pass another encoding=, or export the file again.",
)


def decoded(name: str, data: bytes, encoding: str | None = None) -> str:
    r"""The text of a file; raises `ReadError` if its encoding is unclear, or not the declared one.

    >>> decoded("a.csv", "村,湖滨".encode("gb18030")), decoded("a.csv", "Nom,Zoé\n".encode("cp1252"))
    ('村,湖滨', 'Nom,Zoé\n')
    """
    named = encoding or _marked(data) or _without_mark(data)
    if named is None:
        raise ReadError(_UNCLEAR.filled(name=name))
    try:
        return data.decode(named)
    except LookupError as fault:
        raise ReadError(_NO_SUCH.filled(encoding=named)) from fault
    except UnicodeDecodeError as fault:
        if fault.end >= len(data) - 3 and encoding is None:  # cut off within its last character
            return data[: fault.start].decode(named)
        raise ReadError(_NOT_IN_IT.filled(name=name, encoding=named, place=fault.start + 1)) from fault


def as_utf8(data: bytes, encoding: str | None = None) -> bytes | None:
    r"""The bytes of a file without its mark, where it says or seems to be UTF-8, though not all of it was looked at; else None.

    >>> as_utf8(b"\xef\xbb\xbfa,b"), as_utf8("村,湖滨".encode("utf-16"))
    (b'a,b', None)
    """
    named = encoding or _marked(data) or ("utf-16" if _utf16(data[:_SAMPLE]) else "utf-8")
    if _is_named(named, "utf-8-sig"):
        return data.removeprefix(codecs.BOM_UTF8)
    return data if _is_named(named, "utf-8") else None


def _is_named(encoding: str, name: str) -> bool:
    try:
        return codecs.lookup(encoding).name == name
    except LookupError:
        return False


def _marked(data: bytes) -> str | None:
    return next((named for mark, named in _MARKS if data.startswith(mark)), None)


def _without_mark(data: bytes) -> str | None:
    if wide := _utf16(data[:_SAMPLE]):
        return wide
    if _is_utf8(data):
        return "utf-8"
    high = sum(len(run) for run in _HIGH_RUN.findall(data))
    paired = sum(2 * len(_COMMON_PAIR.findall(run)) for run in _HIGH_RUN.findall(data))
    if paired >= 0.8 * high and _decodes(data, "gb18030"):
        return None if _is_korean(data) else "gb18030"
    return "cp1252" if _is_latin(data) else None


def _utf16(start: bytes) -> str | None:
    """UTF-16 without a mark: its ASCII, such as commas and line ends, has a zero in every pair."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    pairs = len(start) // 2
    if pairs >= 2 and odd > 0.25 * pairs and even <= 0.02 * pairs:
        return "utf-16-le"
    return "utf-16-be" if pairs >= 2 and even > 0.25 * pairs and odd <= 0.02 * pairs else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.reason == "unexpected end of data" and not data[: fault.start].isascii()
    return True


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as fault:
        return fault.end >= len(data) - 3
    return True


def _is_korean(data: bytes) -> bool:
    """Whether its pairs are those of EUC-KR's syllables, of which Chinese text uses little more than half."""
    pairs = {pair for run in _HIGH_RUN.findall(data) for pair in _COMMON_PAIR.findall(run)}
    return len(pairs) >= _ENOUGH and sum(pair[0] in _SYLLABLES for pair in pairs) >= 0.95 * len(pairs)


def _is_latin(data: bytes) -> bool:
    """Whether its high bytes are Windows-1252's letters and signs, one or two at a time between Latin letters."""
    runs = _HIGH_RUN.findall(data)
    try:
        signs = b"".join(runs).decode("cp1252")
    except UnicodeDecodeError:
        return False
    within_words = len(_CAPITAL_WITHIN.findall(data.decode("cp1252")))  # é and ä of an old Macintosh
    if within_words > 0.05 * len(runs):
        return False
    short = sum(len(run) <= 2 for run in runs)
    return bool(runs) and short >= 0.9 * len(runs) and sum(sign in _LATIN for sign in signs) >= 0.95 * len(signs)
