"""From a name or a path to a programme: read, joined with what it extends, typed and checked."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from pathlib import Path as File

from liuwen.campaign.faults import CampaignFault, Path, suggestion
from liuwen.campaign.programmes.extending import Raw, joined
from liuwen.campaign.programmes.lines import lines_of
from liuwen.campaign.programmes.rules import broken_rules
from liuwen.campaign.programmes.structuring import structured
from liuwen.campaign.schema import Programme
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

PRESETS = ("hubin", "chongqing", "yunnan", "our_town")
"""The programmes that come with the package; `ledger` is the page that they extend."""
PAGES = ("ledger", *PRESETS)

NO_SUCH = Sentence(
    zh="没有叫“{name}”的方案，也没有这个文件。{suggestion}",
    en='There is no programme "{name}", and no such file. {suggestion}',
)
NO_SUCH_PAGE = Sentence(
    zh="extends 里的“{name}”找不到：旁边没有 {name}.toml，也没有这个内置文件。{suggestion}",
    en='"{name}" in extends was not found: no {name}.toml stands beside it, and none comes with liuwen. {suggestion}',
)
RING = Sentence(zh="extends 绕成了圈：{ring}。请去掉其中一处。", en="extends runs in a ring: {ring}. Take one of them out.")
NOT_TOML = Sentence(
    zh="不是正确的 TOML：{reason}。请检查引号、括号和等号。",
    en="Not valid TOML: {reason}. Check quotes, brackets and equals signs.",
)
NOT_TEXT = Sentence(zh="不是 UTF-8 文字。请用 UTF-8 另存。", en="Not a UTF-8 text. Save it again as UTF-8.")
FAULTY = Sentence(zh="{name} 有 {count} 处问题：", en="{name} cannot be used, faults: {count}")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class ReadProgramme:
    """A programme with where its parts are written."""

    programme: Programme
    faults: tuple[CampaignFault, ...]
    name: str
    pages: tuple[tuple[str, Mapping[Path, int]], ...] = field(repr=False)
    """The files it was joined from, the first extended first, each with the lines of its paths."""

    def required(self) -> Programme:
        """The programme; a `CampaignError` with all faults where it has any."""
        errors = tuple(fault for fault in self.faults if fault.severity == "error")
        if errors:
            raise CampaignError(FAULTY.filled(name=self.name, count=len(errors)), errors)
        return self.programme


def read_programme(source: str | File, change: str = "") -> ReadProgramme:
    """A programme by name or path, joined with what it extends and with `change`, a TOML text in its own words."""
    pages = _Pages()
    raw = pages.read(_page(source), ())
    if change:
        raw = pages.join_text(raw, "change", change)
    name = raw.get("id") if isinstance(raw.get("id"), str) else str(source)
    programme, misfits = structured(raw)
    faults = [*pages.faults, *(_placed(path, sentence, tuple(pages.all)) for path, sentence in misfits)]
    if not pages.faults:
        known = {fault.path for fault in faults if fault.path}
        found = (_placed(path, sentence, tuple(pages.all)) for path, sentence in broken_rules(programme))
        faults += [one for one in found if not any(one.path[: len(path)] == path for path in known)]
    return ReadProgramme(programme, tuple(faults), str(name), tuple(pages.all))


def _placed(path: Path, sentence: Sentence, pages: tuple[tuple[str, Mapping[Path, int]], ...]) -> CampaignFault:
    """A fault with the file and the line where the nearest part of its path is written, in the last page that has it."""
    for length in range(len(path), 0, -1):
        for file, lines in reversed(pages):
            if path[:length] in lines:
                return CampaignFault(sentence, path, file, lines[path[:length]])
    return CampaignFault(sentence, path, pages[-1][0], 1) if pages else CampaignFault(sentence, path)


@dataclass(frozen=True)
class _Page:
    name: str
    file: File | None

    @property
    def label(self) -> str:
        return self.file.name if self.file else f"{self.name}.toml"

    def bytes(self) -> bytes:
        if self.file:
            return self.file.read_bytes()
        return (files("liuwen.campaign") / "presets" / f"{self.name}.toml").read_bytes()


def _page(source: str | File) -> _Page:
    if isinstance(source, str) and source in PAGES:
        return _Page(source, None)
    path = File(source)
    if not path.is_file():
        raise CampaignError(NO_SUCH.filled(name=source, suggestion=suggestion(str(source), PRESETS)))
    return _Page(path.stem, path)


class _Pages:
    """The pages of one programme as they are read, and what is wrong with them."""

    def __init__(self) -> None:
        self.all: list[tuple[str, Mapping[Path, int]]] = []
        self.faults: list[CampaignFault] = []

    def read(self, page: _Page, above: tuple[str, ...]) -> Raw:
        """The page joined with all it extends."""
        try:
            text = page.bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.faults.append(CampaignFault(NOT_TEXT, (), page.label, 1))
            return {}
        own = self._parsed(page.label, text)
        below: Raw = {}
        extends = own.get("extends", [])
        for name in extends if isinstance(extends, list) else []:
            if isinstance(name, str):
                below = joined(below, self._extended(name, page, above, lines_of(text)))
        self.all.append((page.label, lines_of(text)))
        return joined(below, own)

    def join_text(self, raw: Raw, label: str, text: str) -> Raw:
        """`raw` with a text of TOML joined to it."""
        own = self._parsed(label, text)
        self.all.append((label, lines_of(text)))
        return joined(raw, own)

    def _extended(self, name: str, page: _Page, above: tuple[str, ...], lines: Mapping[Path, int]) -> Raw:
        line = lines.get(("extends",))
        name, ring = name.removesuffix(".toml"), (*above, page.name)
        if name in ring:
            said = RING.filled(ring=" → ".join([*ring[ring.index(name) :], name]))
            self.faults.append(CampaignFault(said, ("extends",), page.label, line))
            return {}
        beside = page.file.with_name(f"{name}.toml") if page.file else None
        if beside is not None and beside.is_file():
            return self.read(_Page(name, beside), ring)
        if name in PAGES:
            return self.read(_Page(name, None), ring)
        said = NO_SUCH_PAGE.filled(name=name, suggestion=suggestion(name, PAGES))
        self.faults.append(CampaignFault(said, ("extends",), page.label, line))
        return {}

    def _parsed(self, label: str, text: str) -> Raw:
        try:
            return tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            reason = _LINE.sub("", str(error)).strip()
            self.faults.append(CampaignFault(NOT_TOML.filled(reason=reason), (), label, int(found[1]) if found else None))
            return {}
