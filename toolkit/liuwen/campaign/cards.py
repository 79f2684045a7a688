"""Service and contact cards: who answers for a village, printed ten to a sheet; the code names village and person only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.days import date_of
from liuwen.campaign.months.pages import WEEKDAYS, PageWords
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import PrintRule, Programme, RosterRule
from liuwen.messages import Language, Sentence, language_in_force

CARD_COLUMNS = ("number", "person", "village", "name", "post", "phone", "duty_days", "printed", "code")
CARDS_A_FILE = 1000
SCAN = Sentence(zh="扫码写信反映情况", en="Scan to write to us")
FOOT = Sentence(
    zh="编号 {number} · {day} 印制 · 换人以新卡为准", en="No. {number} · printed {day} · a newer card takes its place"
)
LINES = {
    "phone": Sentence(zh="电话：", en="Telephone: "),
    "duty_days": Sentence(zh="值班：", en="On duty: "),
    "duties": Sentence(zh="负责：", en="For: "),
    "policies": Sentence(zh="可以问：", en="Ask about: "),
}
REGISTER_LINES = {
    "linked_to": Sentence(zh="联系人：", en="Linked to: "),
    "visits": Sentence(zh="今年走访：", en="Visits this year: "),
    "matters": Sentence(zh="提过的事项：", en="Matters asked for: "),
}
REGISTER_FOOT = Sentence(zh="编号 {number} · {day} 印制 · 存办公室", en="No. {number} · printed {day} · kept at the desk")


@dataclass(frozen=True)
class TownCards:
    """Cards to print.

    Attributes:
        title: What the card is called.
        issuer: Who issues it.
        columns: What is on it: `phone, duty_days, duties, policies`.
        table: A row a card, by village and person: `number, person, village, name, post, phone, duty_days, printed, code`;
            `code` is what the QR code says.
        said: The texts of the lines that are the same on every card: `duties` and `policies`.
        ranks: What each post is called.
        labels: What stands before each line of a card.
        foot: The line at its foot.
    """

    title: Sentence
    issuer: Sentence
    columns: tuple[str, ...]
    table: pd.DataFrame = field(repr=False)
    said: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[str, Sentence] = field(default_factory=dict, repr=False)
    labels: Mapping[str, Sentence] = field(default_factory=lambda: LINES, repr=False)
    foot: Sentence = FOOT

    def write(self, folder: str | Path, language: Language | None = None) -> list[Path]:
        """Print the cards: A4 sheets of ten with cut marks, a file a village and at most a thousand cards.

        Args:
            folder: The folder.
            language: The language; by default the one in force.

        Returns:
            The PDF files.
        """
        spoken, target = language or language_in_force(), Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        made = []
        for village, rows in self.table.groupby("village", sort=True):
            for at in range(0, len(rows), CARDS_A_FILE):
                path = target / f"cards-{village}-{at // CARDS_A_FILE + 1}.pdf"
                path.write_bytes(_pdf(self, rows.iloc[at : at + CARDS_A_FILE], spoken))
                made.append(path)
        return made


def town_cards(
    rule: PrintRule,
    programme: Programme,
    registers: Registers,
    on: int,
    *,
    issuer: Sentence,
    address: str,
    said: Mapping[str, str],
    villages: tuple[str, ...],
) -> TownCards:
    """The cards of everybody posted in a village on a day.

    Args:
        rule: The programme's print.
        programme: The programme.
        registers: The registers.
        on: The day of printing.
        issuer: Who issues them.
        address: Where the QR code leads; village and person are added to it.
        said: Texts that are the same on every card.
        villages: Only these villages; all if empty.
    """
    people = registers.table("people").drop_duplicates("person", keep="last").set_index("person")
    posts = registers.table("posts")
    held = posts[(posts["from"] <= on) & (posts["to"] >= on) & (posts["place"] != "")]
    held = held[held["place"].isin(villages)] if villages else held
    held = held.drop_duplicates(["place", "person"]).sort_values(["place", "person"])
    rows = [_card(row, people, programme, on, address) for row in records(held)]
    table = pd.DataFrame(rows, columns=list(CARD_COLUMNS))
    ranks = {id: Sentence(zh=rank.zh, en=rank.en) for id, rank in programme.ranks.items()}
    return TownCards(rule.name, issuer, rule.columns, table, said, ranks)


def register_cards(rule: PrintRule, files: pd.DataFrame, words: PageWords, issuer: Sentence, on: int) -> TownCards:
    """The cards of households: their code and village, and no name, opinion or group.

    Args:
        rule: The programme's print.
        files: The household files: `village, household, visits, matters, linked_to`.
        words: The names of people and places.
        issuer: Who issues them.
        on: The day of printing.

    Returns:
        The cards, without a QR code.
    """
    day = date_of(on)
    linked = [", ".join(words.person(one) for one in codes.split()) for codes in files["linked_to"]]
    table = files.assign(
        number=[f"{household}-{day:%Y%m%d}" for household in files["household"]],
        name=files["household"],
        post=[words.place(village) for village in files["village"]],
        linked_to=linked,
        visits=files["visits"].astype(str),
        matters=files["matters"].astype(str),
        printed=str(day),
        code="",
    )
    return TownCards(rule.name, issuer, rule.columns, table, {}, {}, REGISTER_LINES, REGISTER_FOOT)


def cards_to_replace(visits: pd.DataFrame, registers: Registers, on: int) -> pd.DataFrame:
    """Households whose last card names somebody who holds no post in their village any more.

    Args:
        visits: The visits that count, with `card`.
        registers: The registers.
        on: The day to look at.

    Returns:
        `village, household, person` (on the old card), `given`.
    """
    columns = ["village", "household", "person", "given"]
    if "card" not in visits:
        return pd.DataFrame(columns=columns)
    given = visits[(visits["card"] == "given") & (visits["on"] <= on)].sort_values("on").drop_duplicates("household", keep="last")
    posts = registers.table("posts")
    held = posts[(posts["from"] <= on) & (posts["to"] >= on)]
    there = set(zip(held["person"], held["place"], strict=True))
    gone = [(by, village) not in there for by, village in zip(given["by"], given["village"], strict=True)]
    old = given[pd.Series(gone, index=given.index, dtype=bool)]
    made = old.assign(person=old["by"], given=[str(date_of(int(day))) for day in old["on"]])
    return made[columns].sort_values(["village", "household"]).reset_index(drop=True)


def _card(row: Mapping[str, Any], people: pd.DataFrame, programme: Programme, on: int, address: str) -> tuple[object, ...]:
    person, village = str(row["person"]), str(row["place"])
    known = people.loc[person] if person in people.index else None
    name = str(known["label"]) if known is not None and known["label"] else person
    phone = str(known["phone_on_card"]) if known is not None else ""
    printed: date = date_of(on)
    number = f"{village}-{person}-{printed:%Y%m%d}"
    code = f"{address}?{urlencode({'village': village, 'person': person})}"
    return (number, person, village, name, row["rank"], phone, _duty_days(row["rank"], programme.rosters), str(printed), code)


def _duty_days(rank: str, rosters: tuple[RosterRule, ...]) -> str:
    days = [day for roster in rosters for slot in roster.slots if slot.rank == rank for day in slot.weekdays]
    return " ".join(dict.fromkeys(days))


def _pdf(cards: TownCards, rows: pd.DataFrame, language: Language) -> bytes:
    from liuwen.campaign.months.printing import template
    from liuwen.printing import printed

    said = {"title": cards.title.in_language(language), "scan": SCAN.in_language(language)}
    return printed(template("cards"), said | {"cards": [_shown(row, cards, language) for row in records(rows)]}, language)


def _shown(row: Mapping[str, Any], cards: TownCards, language: Language) -> dict[str, Any]:
    foot = cards.foot.filled(number=row["number"], day=row["printed"])
    return {
        "name": row["name"],
        "post": cards.ranks[row["post"]].in_language(language) if row["post"] in cards.ranks else row["post"],
        "issuer": cards.issuer.in_language(language),
        "lines": list(_lines(row, cards, language)),
        "foot": foot.in_language(language),
        "qr": _qr(row["code"]) if row["code"] else "",
    }


def _lines(row: Mapping[str, Any], cards: TownCards, language: Language) -> Iterator[dict[str, str]]:
    days = " ".join(WEEKDAYS[day].in_language(language) for day in row.get("duty_days", "").split())
    values = {**row, "duty_days": days, **cards.said}
    for name, label in cards.labels.items():
        if name in cards.columns and values.get(name):
            yield {"label": label.in_language(language), "value": values[name]}


def _qr(code: str) -> str:
    """The code as SVG; the mask is given, which saves trying all eight."""
    import segno

    drawn: str = segno.make_qr(code, error="m", mask=3).svg_inline(border=2)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns" not in drawn else drawn
