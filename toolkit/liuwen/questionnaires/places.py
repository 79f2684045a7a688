"""Who goes where: visitor, town, village and household, chosen from the registers where they are given, or written down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import TYPE_CHECKING, Unpack

from liuwen.errors import FormError
from liuwen.form import builder as b
from liuwen.form.builder.building import FileOptions, Item, Options, Texts, language_columns
from liuwen.messages import Sentence
from liuwen.questionnaires.asking import ASKING, Asking, one

if TYPE_CHECKING:
    import pandas as pd

LONGEST_INLINE = 200
"""A list with more choices than this travels as a CSV file beside the form."""
LONGEST_SHOWN = 20
"""A list with more is searched by typing."""

NO_COLUMN = Sentence(
    zh="村庄表缺少“{column}”列：至少要有 town 和 village 两列，都填代码。",
    en="The table of villages has no column “{column}”: it needs town and village, both as codes.",
)
TWO_TOWNS = Sentence(
    zh="村庄代码“{village}”出现在不止一个镇里：每个村的代码要不同。",
    en="The village code “{village}” occurs in more than one town; each village needs its own code.",
)
TWO_VILLAGES = Sentence(
    zh="户号“{household}”出现了不止一次：每户的户号要不同。",
    en="The household code “{household}” occurs more than once; each household needs its own code.",
)
BLANK = Sentence(
    zh="村庄表的“{column}”列有空格子：请填上代码。",
    en="The column “{column}” of the table of villages has blank cells; fill in the codes.",
)
NO_ROWS = Sentence(
    zh="村庄表里一行也没有：每个村填一行。",
    en="The table of villages has no rows; add one per village.",
)

NO_PEOPLE_COLUMN = Sentence(
    zh="人员表缺少“{column}”列：至少要有 person（代码）和 label（姓名）两列。",
    en="The table of people has no column “{column}”: it needs person (a code) and label (a name).",
)
TWO_PEOPLE = Sentence(
    zh="人员代码“{person}”出现了不止一次：每个人的代码要不同。",
    en="The person code “{person}” stands more than once; each person needs a code of their own.",
)

TOWN = {"zh": "在哪个乡镇？", "en": "Which town?"}
VILLAGE = {"zh": "在哪个村？", "en": "Which village?"}
HOUSEHOLD = {"zh": "哪一户？（户号）", "en": "Which household? (household code)"}
VISITOR = {"zh": "走访人姓名", "en": "Name of the visitor"}


@dataclass(frozen=True)
class Places:
    """The questions for who and where, and the files they draw on."""

    village: tuple[Item, ...]
    """Town and village."""
    household: tuple[Item, ...]
    """The household; where it is written down, its villagers' group too."""
    visitor: Item
    media: Mapping[str, bytes] = field(default_factory=dict)
    people: "pd.DataFrame | None" = None

    def person(self, name: str, wording: Texts, **told: Unpack[b.QuestionOptions]) -> Item:
        """One of the town's people: chosen from the register where there is one, else written down."""
        if self.people is None:
            return b.text(name, label=wording, **{"required": True, "hint": ASKING["visitor"], **told})  # type: ignore[arg-type]
        rows = _people_rows(self.people)
        look = _look(rows)
        return one(name, _listed("people", rows, dict(self.media)), label=wording, asking="", appearance=look, **told)  # type: ignore[misc]


def places(
    villages: "pd.DataFrame | None",
    languages: Sequence[str],
    *,
    people: "pd.DataFrame | None" = None,
    households: bool = True,
    seen: bool = False,
) -> Places:
    """The questions that a town's registers call for; without them, names are written down.

    Args:
        villages: A row a village with `town` and `village` (codes without spaces), and perhaps `label_zh`, `label_en` (the
            village's name), `town_label_zh`, `town_label_en`. With a column `household` it has a row a household, and may have
            `household_label`.
        languages: The languages of the form.
        people: A row for each person who goes on visits: `person` (a code) and `label` (the name).
        households: False leaves households out, for a form that must not know them.
        seen: Whether the respondent fills in town and village, as in a letter; else the visitor does.

    Returns:
        The questions, and the lists that travel beside the form because they are long.

    Raises:
        FormError: A code is missing, or stands for two places or two people.
    """
    listed = _checked_people(people)
    if villages is None:
        return _with_visitor(
            Places((_written("town", TOWN, seen), _written("village", VILLAGE, seen)), _written_household(), _NOBODY, {}, listed)
        )
    table = _checked(villages)
    towns: list[Row] = [
        (row.town, _labels(row, "town_label", row.town, languages), {}) for _, row in table.drop_duplicates("town").iterrows()
    ]
    named: list[Row] = [
        (row.village, _labels(row, "label", row.village, languages), {"town": row.town})
        for _, row in table.drop_duplicates("village").iterrows()
    ]
    media: dict[str, bytes] = {}
    asking: Asking = "" if seen else "visitor"
    village = one(
        "village",
        _listed("villages", named, media),
        label=VILLAGE,
        asking=asking,
        choice_filter="town = ${town}",
        appearance=_look(named),
    )
    town = one("town", _listed("towns", towns, media), label=TOWN, asking=asking, default=towns[0][0] if len(towns) == 1 else "")
    household = _household(table, languages, media) if households else _written_household()
    return _with_visitor(Places((town, village), household, _NOBODY, media, listed))


def _with_visitor(found: Places) -> Places:
    media = dict(found.media)
    if found.people is not None and len(found.people) > LONGEST_INLINE:
        media["people.csv"] = _csv(_people_rows(found.people)).encode()
    return replace(found, visitor=found.person("visitor", VISITOR), media=media)


def household_code() -> Item:
    """The household's code, written down from its door plate or the roster."""
    return b.text(
        "household",
        label=HOUSEHOLD,
        hint={
            "zh": "不念，由您填。按户号牌或花名册填写，不写姓名。",
            "en": "Do not read out; you fill it in. From the door plate or the roster; not a name.",
        },
        required=True,
        constraint="regex(., '^[0-9A-Za-z-]{1,20}$')",
        constraint_message={
            "zh": "户号只能用数字、英文字母和连字符，最多20个。",
            "en": "A household code has only digits, letters and hyphens, 20 at most.",
        },
    )


def _written_household() -> tuple[Item, ...]:
    hamlet = b.text(
        "hamlet",
        zh="在哪个村民小组（队、自然村）？",
        en="In which villagers' group or hamlet?",
        hint={
            "zh": "不念，由您填。没有分组就不填。",
            "en": "Do not read out; you fill it in. Leave blank where there are none.",
        },
    )
    return hamlet, household_code()


def _written(name: str, wording: Texts, seen: bool = False) -> Item:
    if seen:
        return b.text(name, label=wording, required=True)
    return b.text(name, label=wording, hint=ASKING["visitor"], required=True)


_NOBODY = _written("visitor", VISITOR)


def _household(table: "pd.DataFrame", languages: Sequence[str], media: dict[str, bytes]) -> tuple[Item, ...]:
    if "household" not in table:
        return _written_household()
    rows = [
        (
            row.household,
            dict.fromkeys(_codes(languages), str(row.get("household_label", row.household))),
            {"village": row.village},
        )
        for _, row in table.iterrows()
    ]
    chosen = one(
        "household",
        _listed("households", rows, media),
        label=HOUSEHOLD,
        asking="visitor",
        choice_filter="village = ${village}",
        appearance=_look(rows),
    )
    return (chosen,)


Row = tuple[str, dict[str, str], dict[str, str]]


def _listed(name: str, rows: list[Row], media: dict[str, bytes]) -> Options | FileOptions:
    if len(rows) <= LONGEST_INLINE:
        return b.choices(name, *rows)
    media[f"{name}.csv"] = _csv(rows).encode()
    return b.from_file(f"{name}.csv")


def _look(rows: list[Row]) -> str:
    return "minimal autocomplete" if len(rows) > LONGEST_SHOWN else ""


def _csv(rows: Iterable[Row]) -> str:
    import pandas as pd

    # A list in a file has one label for all languages, so it holds both names.
    lines = [{"name": value, "label": " ".join(dict.fromkeys(labels.values())), **columns} for value, labels, columns in rows]
    text = StringIO()
    pd.DataFrame(lines).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()


def _codes(languages: Sequence[str]) -> list[str]:
    return list(language_columns(languages))


def _labels(row: "pd.Series[str]", column: str, code: str, languages: Sequence[str]) -> dict[str, str]:
    named = {language: row.get(f"{column}_{language}", "") for language in _codes(languages)}
    return {language: text or code for language, text in named.items()}


def _checked(villages: "pd.DataFrame") -> "pd.DataFrame":
    if villages.empty:
        raise FormError(NO_ROWS)
    codes = ["town", "village", *(["household"] if "household" in villages else [])]
    for column in codes:
        if column not in villages:
            raise FormError(NO_COLUMN.filled(column=column))
        if (villages[column].isna() | (villages[column].astype(str).str.strip() == "")).any():
            raise FormError(BLANK.filled(column=column))
    table = villages.fillna("").astype(str)
    towns = table.groupby("village")["town"].nunique()
    if (towns > 1).any():
        raise FormError(TWO_TOWNS.filled(village=towns.idxmax()))
    if "household" in table and table["household"].duplicated().any():
        raise FormError(TWO_VILLAGES.filled(household=table.loc[table["household"].duplicated(), "household"].iloc[0]))
    return table


def _people_rows(people: "pd.DataFrame") -> "list[Row]":
    return [
        (str(code), {"zh": str(name), "en": str(name)}, {}) for code, name in zip(people["person"], people["label"], strict=True)
    ]


def _checked_people(people: "pd.DataFrame | None") -> "pd.DataFrame | None":
    if people is None:
        return None
    for column in ("person", "label"):
        if column not in people:
            raise FormError(NO_PEOPLE_COLUMN.filled(column=column))
    table = people[["person", "label"]].fillna("").astype(str)
    if table["person"].duplicated().any():
        raise FormError(TWO_PEOPLE.filled(person=table.loc[table["person"].duplicated(), "person"].iloc[0]))
    return table
