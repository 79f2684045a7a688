"""From the names in a sheet to the codes of a programme: people, villages, classes, tiers, steps; and never a resident's name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from liuwen.campaign.incoming.vocabulary import Wordlist, cells, named
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import LedgerRule

MOST_IN_ONE_CELL = 200
_BETWEEN = re.compile(r"[\s,，、;；/]+")
_AND_SO_MANY = re.compile(r"等\s*(\d{1,3})\s*(?:户|人|家)?$")
_CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9#_-]{1,20}(?:号|户)?$")
_LONG_NUMBER = re.compile(r"\d{7,}")
"""So many digits are a telephone or an identity card, never the code of a household."""


@dataclass(frozen=True)
class SheetNames:
    """What the registers and the programme call things, by their codes and by their names."""

    people: Wordlist
    villages: Wordlist
    households: frozenset[str]
    classes: Wordlist
    tiers: Wordlist
    steps: Wordlist
    labels: Mapping[str, str]
    """The name of each official."""
    knows_people: bool
    knows_villages: bool

    def person(self, name: str) -> str:
        """The code of an official; the name itself where no register has it."""
        return self.people.whole(name) or name.strip()

    def village(self, name: str) -> str:
        """The code of a village; its name itself where no register has it. 东村村委会 and 东 are both 东村."""
        said = name.strip()
        for tail in ("", "村", "村委会", "村民委员会", "社区", "村村委会"):
            shorter = said.removesuffix(tail) if tail else said
            if found := self.villages.whole(shorter) or self.villages.whole(f"{shorter}村"):
                return found
        return said

    def topic(self, name: str) -> str:
        """The id of a class, "" where the programme has none of that name."""
        return self.classes.whole(name) or self.classes.inside(name)


@dataclass(frozen=True)
class SheetApplicants:
    """Who a cell names: codes of households as they stand, and how many were names, which are not kept."""

    codes: tuple[str, ...]
    unnamed: int

    def stored(self, matter: str) -> list[str]:
        """The codes kept: those given, then one of the matter's own for each name."""
        return [*self.codes, *(f"{matter}-A{number + 1}" for number in range(self.unnamed))]


def sheet_names(registers: Registers, rule: LedgerRule) -> SheetNames:
    """The names of a programme and its registers."""
    people, places = registers.table("people"), registers.table("places")
    both = [*zip(people["label"], people["person"], strict=True), *zip(people["person"], people["person"], strict=True)]
    where = [*zip(places["label"], places["place"], strict=True), *zip(places["place"], places["place"], strict=True)]
    return SheetNames(
        people=named(both),
        villages=named(where),
        households=frozenset(registers.table("households")["household"]),
        classes=named((word, one.id) for one in rule.classes for word in (one.id, one.zh, one.en)),
        tiers=named((word, one.id) for one in rule.tiers for word in (one.id, one.zh, one.en, f"{one.zh}级")),
        steps=named((word, one.id) for one in rule.steps for word in (one.id, one.zh, one.en)),
        labels={code: label for code, label in zip(people["person"], people["label"], strict=True) if label},
        knows_people=bool(len(people)),
        knows_villages=bool(len(places)),
    )


def read_applicants(text: str, names: SheetNames, *, codes_only: bool = False) -> SheetApplicants:
    """Who a cell names.

    >>> from liuwen.campaign.registers import Registers
    >>> from liuwen.campaign.schema import LedgerRule
    >>> nobody = sheet_names(Registers({}), LedgerRule())
    >>> read_applicants("H03、H09", nobody), read_applicants("李四等3户", nobody)
    (SheetApplicants(codes=('H03', 'H09'), unnamed=0), SheetApplicants(codes=(), unnamed=3))
    """
    said = text.strip()
    if not said or cells("anonymous").whole(said):
        return SheetApplicants((), 0)
    more = _AND_SO_MANY.search(said)
    parts = [part for part in _BETWEEN.split(said[: more.start()] if more else said) if part]
    codes = tuple(dict.fromkeys(part for part in parts if codes_only or _is_code(part, names)))
    unnamed = len(parts) - len([part for part in parts if part in codes])
    if more:
        unnamed = max(min(int(more[1]), MOST_IN_ONE_CELL) - len(codes), unnamed)
    return SheetApplicants(codes, unnamed)


def _is_code(text: str, names: SheetNames) -> bool:
    return text in names.households or (bool(_CODE.match(text)) and not _LONG_NUMBER.search(text))
