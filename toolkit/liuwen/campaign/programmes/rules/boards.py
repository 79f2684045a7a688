"""A board shows a table that there is, in that table's own words."""

from collections.abc import Iterator

from liuwen.campaign.columns import LEDGER_COLUMNS
from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.schema import BoardRule, Programme
from liuwen.messages import Sentence

UNKNOWN_TABLE = Sentence(zh='of = "{of}" 不是这里的表。{suggestion}', en='of = "{of}" is no table here. {suggestion}')
UNKNOWN_COLUMN = Sentence(zh="台账没有“{column}”列。{suggestion}", en='The ledger has no column "{column}". {suggestion}')
NAMES_PEOPLE = Sentence(
    zh="“{column}”列会让人认出申请人，不能上公开栏。请去掉。",
    en='The column "{column}" points at applicants and is never published. Take it out.',
)
UNKNOWN_WORD = Sentence(zh="“{word}”不认识。{suggestion}", en='Unknown word "{word}". {suggestion}')
HIDDEN = ("confidential",)
NEVER_PUBLISHED = ("awaiting_answer",)


def columns_are_known(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """The table, the columns and the hidden classes of each board, and the table of each print."""
    tables = tables_of(programme)
    for key in ("boards", "prints"):
        for one in getattr(programme, key):
            if one.of not in tables:
                yield (key, one.id, "of"), UNKNOWN_TABLE.filled(of=one.of, suggestion=suggestion(one.of, tables))
    for board in programme.boards:
        path = ("boards", board.id)
        if programme.ledger(board.of):
            yield from ((path + at, said) for at, said in _columns(board, _words(programme, board)))
        for key in ("without", "counts_only"):
            for word in getattr(board, key):
                if word not in HIDDEN:
                    yield (*path, key), UNKNOWN_WORD.filled(word=word, suggestion=suggestion(word, HIDDEN))


def tables_of(programme: Programme) -> tuple[str, ...]:
    """The tables that a board or a print may be of."""
    kinds = {"rosters": programme.rosters, "duties": programme.duties, "appraisals": programme.appraisals}
    named = [f"{kind}.{one.id}" for kind, entries in kinds.items() for one in entries]
    return (*(ledger.id for ledger in programme.ledgers), *named, "people", "households", "events")


def _words(programme: Programme, board: BoardRule) -> tuple[str, ...]:
    ledger = programme.ledger(board.of)
    return (*LEDGER_COLUMNS, *(f"days_{tier.id}" for tier in ledger.tiers)) if ledger else LEDGER_COLUMNS


def _columns(board: BoardRule, words: tuple[str, ...]) -> Iterator[tuple[Path, Sentence]]:
    for column in board.columns:
        if column in NEVER_PUBLISHED:
            yield ("columns",), NAMES_PEOPLE.filled(column=column)
        elif column not in words:
            yield ("columns",), UNKNOWN_COLUMN.filled(column=column, suggestion=suggestion(column, words))
