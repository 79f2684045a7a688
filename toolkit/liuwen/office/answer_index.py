"""An index of all named answers, so that the office finds, counts and lists them without reading each.

It is a file of its own in the store's `cache/`, made again whenever it is missing, and follows the store: what arrived is added,
what was edited, erased or moved apart is removed. Collecting does not wait for it.
"""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from liuwen.errors import LiuwenError
from liuwen.office.answer_text import AnswerReader, AnswerText
from liuwen.store.connections import connect
from liuwen.store.erased_index import INDEX, forget_erased
from liuwen.store.kept_submissions import read_submissions
from liuwen.store.store import keeping_of

if TYPE_CHECKING:
    from liuwen.store import Store, StoredSubmission

T = TypeVar("T")
_LAYOUT = 3
_BATCH = 500
_TABLES = f"""
CREATE TABLE answers (
    number INTEGER PRIMARY KEY,
    form INTEGER NOT NULL,
    root INTEGER NOT NULL,
    instance_id TEXT NOT NULL,
    name TEXT NOT NULL,
    first_received REAL NOT NULL,
    received REAL NOT NULL,
    collector INTEGER,
    waiting INTEGER NOT NULL,
    readable INTEGER NOT NULL,
    place TEXT NOT NULL,
    latitude REAL,
    longitude REAL
);
CREATE INDEX answers_of_a_form ON answers (form, number);
CREATE INDEX answers_by_root ON answers (root);
CREATE INDEX answers_with_a_position ON answers (form, number) WHERE latitude NOT NULL;
CREATE INDEX answers_that_wait ON answers (number) WHERE waiting;
CREATE TABLE words (number INTEGER PRIMARY KEY, words TEXT NOT NULL, chosen TEXT NOT NULL);
CREATE TABLE labels (sign TEXT PRIMARY KEY, words TEXT NOT NULL UNIQUE);
CREATE TABLE reached (number INTEGER NOT NULL, store TEXT NOT NULL);
PRAGMA user_version = {_LAYOUT};
"""
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
"""Unicode's signs for private use."""
_STATE = "coalesce((SELECT state FROM store.reviews WHERE submission = a.root ORDER BY number DESC LIMIT 1), 'received')"
_EDITS = "(SELECT count(*) FROM store.submissions AS e WHERE e.root = a.root)"
_WAITS = "(a.waiting AND NOT (SELECT complete FROM store.submissions AS s WHERE s.number = a.number))"
_OF_FORM = "a.form = (SELECT number FROM store.forms WHERE form_id = :form)"


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers are looked for.

    Attributes:
        form: The form ID.
        words: Words that all must stand in the answer, in lower case.
        place: A place as `AnswerText.place`; "" for all.
        state: A state of review; "" for all.
        collector: The name of a collector; "" for all.
        since: The moment since when they arrived; None for any.
        until: The moment before which they arrived; None for any.
    """

    form: str
    words: tuple[str, ...] = ()
    place: str = ""
    state: str = ""
    collector: str = ""
    since: float | None = None
    until: float | None = None

    def condition(self) -> tuple[str, dict[str, Any]]:
        """The condition and its values."""
        told: dict[str, Any] = {"form": self.form, "place": self.place, "state": self.state, "collector": self.collector}
        told |= {"since": self.since, "until": self.until}
        parts = [_OF_FORM]
        parts += ["a.place = :place"] if self.place else []
        parts += [f"{_STATE} = :state"] if self.state else []
        parts += ["a.collector = (SELECT number FROM store.collectors WHERE name = :collector)"] if self.collector else []
        parts += ["a.received >= :since"] if self.since is not None else []
        parts += ["a.received < :until"] if self.until is not None else []
        for number, word in enumerate(self.words):
            told[f"word{number}"] = word
            named = f"SELECT number FROM store.collectors WHERE instr(lower(name), :word{number})"
            signs = f"SELECT '*[' || group_concat(sign, '') || ']*' FROM labels AS l WHERE instr(l.words, :word{number})"
            found = f"SELECT instr(words, :word{number}) OR chosen GLOB ({signs}) FROM words AS w WHERE w.number = a.number"
            parts.append(f"(({found}) OR a.collector IN ({named}))")
        return " AND ".join(parts), told


class AnswerIndex:
    """The index of a store.

    Args:
        store: The store.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._file = store.folder / INDEX
        self._lock = threading.RLock()
        self._readers: dict[tuple[str, str], AnswerReader] = {}
        self._opened: sqlite3.Connection | None = None
        self._stopping = threading.Event()
        self._following: threading.Thread | None = None

    # -- keeping up -----------------------------------------------------------------------------------------------

    def catch_up(self, seconds: float | None = None) -> int:
        """Add what arrived and remove what is gone, for at most so many seconds; returns how many are still to be added."""
        end = None if seconds is None else monotonic() + seconds
        while self._add_some() and (end is None or monotonic() < end):
            pass
        return self._asked(self._drop_what_is_gone)

    def _asked(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the index; if it is damaged, with a new one, which is filled again."""
        with self._lock:
            try:
                return work(self._connection())
            except sqlite3.OperationalError:  # the disk is full, or another program holds it
                raise
            except sqlite3.DatabaseError:
                self.close()
                self._file.unlink(missing_ok=True)
                return work(self._connection())

    def _add_some(self) -> bool:
        """Add the next answers; others may ask between two calls."""
        return self._asked(self._add_next)

    def _add_next(self, connection: sqlite3.Connection) -> bool:
        (reached,) = connection.execute("SELECT number FROM reached").fetchone()
        with keeping_of(self._store).reading() as store:
            some = list(islice(read_submissions(store, None, current=True, after=reached), _BATCH))
        if some:
            self._add(connection, some)
        return bool(some)

    def start(self) -> None:
        """Catch up in a thread of its own, until `stop`."""
        self._stopping.clear()
        self._following = threading.Thread(target=self._follow, name="liuwen-office-index", daemon=True)
        self._following.start()

    def _follow(self) -> None:
        with suppress(LiuwenError, sqlite3.Error):  # a page says so when it is asked for
            while not self._stopping.is_set() and self._add_some():
                pass
            self._asked(self._drop_what_is_gone)

    def stop(self) -> None:
        """End the thread, and close the file."""
        self._stopping.set()
        if self._following is not None:
            self._following.join()
        self.close()

    def _drop_what_is_gone(self, connection: sqlite3.Connection) -> int:
        """Erased answers, and those moved apart; returns how many are not there yet."""
        query = (
            "SELECT (SELECT count(*) FROM answers),"
            " (SELECT coalesce(sum(total), 0) FROM store.seals WHERE name LIKE 'submissions/%'),"
            " (SELECT number FROM reached) < (SELECT coalesce(max(number), 0) FROM store.submission_hashes)"
        )
        there, wanted, is_behind = connection.execute(query).fetchone()
        if there > wanted or (there < wanted and not is_behind):
            forget_erased(connection)
            (there,) = connection.execute("SELECT count(*) FROM answers").fetchone()
        return max(int(wanted) - int(there), 0) if is_behind else 0

    def _add(self, connection: sqlite3.Connection, some: "Collection[StoredSubmission]") -> None:
        """Add answers; what is erased meanwhile is not among those that the store still has, or waits to be removed from here."""
        numbers = ", ".join(str(one.number) for one in some)
        query = (
            "SELECT s.number, s.form, coalesce(s.root, s.number), coalesce(f.received, s.received), s.received, s.collector"
            " FROM store.submissions AS s LEFT JOIN store.submissions AS f ON f.number = s.root"
            f" WHERE s.number IN ({numbers})"
        )
        read = [(one, self.reader(one.form_id, one.version).read(one.xml)) for one in some]
        connection.execute("BEGIN")  # IMMEDIATE would hold up the store too
        try:
            connection.execute("UPDATE reached SET number = ?", (max(one.number for one in some),))
            of = {number: rest for number, *rest in connection.execute(query)}
            signs = dict(connection.execute("SELECT words, sign FROM labels"))
            for one, said in read:
                if one.number in of:
                    self._add_one(connection, signs, one, said, of[one.number])
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _add_one(
        self, connection: sqlite3.Connection, signs: dict[str, str], one: "StoredSubmission", said: AnswerText, kept: list[Any]
    ) -> None:
        form, root, first, received, collector = kept
        for table in ("words", "answers"):
            connection.execute(f"DELETE FROM {table} WHERE number IN (SELECT number FROM answers WHERE root = ?)", (root,))
        row = (
            one.number, form, root, one.instance_id, said.name, first, received, collector, not one.complete, said.is_readable,
            said.place, *(said.position or (None, None)),
        )  # fmt: skip
        connection.execute(f"INSERT INTO answers VALUES ({', '.join('?' * len(row))})", row)
        chosen = {label: self._sign(connection, signs, label) for label in sorted(said.chosen)}
        words = "\n".join([said.words, *(label for label, sign in chosen.items() if not sign)])
        connection.execute("INSERT INTO words VALUES (?, ?, ?)", (one.number, words, "".join(chosen.values())))

    @staticmethod
    def _sign(connection: sqlite3.Connection, signs: dict[str, str], label: str) -> str:
        """What stands for a label in `words.chosen`, so that labels are searched once only; "" if there are too many."""
        if label not in signs:
            (last,) = connection.execute("SELECT max(sign) FROM labels").fetchone()
            if sign := _sign_after(last or ""):
                connection.execute("INSERT INTO labels VALUES (?, ?)", (sign, label))
                signs[label] = sign
        return signs.get(label, "")

    def reader(self, form_id: str, version: str) -> AnswerReader:
        """The reader of a version of a form."""
        found = self._readers.get((form_id, version))
        if found is None:
            found = self._readers[form_id, version] = AnswerReader(self._store.form(form_id, version))
        return found

    # -- asking ---------------------------------------------------------------------------------------------------

    def found(self, wanted: AnswerFilter, first: int, most: int) -> tuple[int, list[dict[str, Any]]]:
        """How many answers match, and a part of them, the newest first, as rows of a list; the last part if there are fewer."""
        condition, told = wanted.condition()
        with self._lock:
            numbers = self._numbers(f"SELECT a.number FROM answers AS a WHERE {condition} ORDER BY a.number DESC", told)
            first = min(first, max(len(numbers) - 1, 0) // most * most)
            query = (
                "SELECT a.number, a.instance_id, a.name, a.received, coalesce(c.name, '') AS collector, a.place, a.readable,"
                f" {_WAITS} AS waiting, {_EDITS} AS edits, {_STATE} AS state FROM answers AS a"
                " LEFT JOIN store.collectors AS c ON c.number = a.collector"
                f" WHERE a.number IN ({', '.join(map(str, numbers[first : first + most]))}) ORDER BY a.number DESC"
            )
            return len(numbers), self._rows(query, {})

    def newest(self, form: str, most: int) -> list[int]:
        """The numbers of the newest answers to a form."""
        query = f"SELECT a.number FROM answers AS a WHERE {_OF_FORM} ORDER BY a.number DESC LIMIT :most"
        return self._numbers(query, {"form": form, "most": most})

    def offered(self, form: str) -> tuple[list[str], list[str]]:
        """The places and the collectors of the answers to a form, in order."""
        places = self._rows(
            f"SELECT DISTINCT place FROM answers AS a WHERE {_OF_FORM} AND place <> '' ORDER BY 1", {"form": form}
        )
        names = self._rows(
            "SELECT DISTINCT c.name FROM answers AS a JOIN store.collectors AS c ON c.number = a.collector"
            f" WHERE {_OF_FORM} ORDER BY 1",
            {"form": form},
        )
        return [row["place"] for row in places], [row["name"] for row in names]

    def counts(self, by: str, hidden: Collection[str], today: float, week: float) -> list[dict[str, Any]]:
        """Answers by "collector" or "place": `name, today, week, total` and the `last` arrival; not of hidden forms."""
        name = "coalesce(c.name, '')" if by == "collector" else "a.place"
        where = self._seen(hidden) + (" AND a.place <> ''" if by == "place" else "")
        return self._rows(
            f"SELECT {name} AS name, sum(a.first_received >= :today) AS today, sum(a.first_received >= :week) AS week,"
            " count(*) AS total, max(a.received) AS last FROM answers AS a"
            f" LEFT JOIN store.collectors AS c ON c.number = a.collector WHERE {where} GROUP BY 1 ORDER BY 1",
            {"today": today, "week": week, **_numbered(hidden)},
        )

    def with_issues(self, hidden: Collection[str]) -> int:
        """How many answers are reviewed as having issues."""
        newest = "SELECT max(number) FROM store.reviews GROUP BY submission"
        query = (
            "SELECT count(*) AS count FROM store.reviews AS r JOIN answers AS a ON a.root = r.submission"
            f" WHERE r.number IN ({newest}) AND r.state = 'hasIssues' AND {self._seen(hidden)}"
        )
        return int(self._rows(query, _numbered(hidden))[0]["count"])

    def waiting(self, hidden: Collection[str]) -> list[dict[str, Any]]:
        """Answers whose files have not all arrived: `received, collector, form_id, number`."""
        query = (
            "SELECT a.received, coalesce(c.name, '') AS collector, f.form_id, a.number FROM answers AS a"
            " JOIN store.forms AS f ON f.number = a.form LEFT JOIN store.collectors AS c ON c.number = a.collector"
            f" WHERE a.waiting AND {_WAITS} AND {self._seen(hidden)} ORDER BY a.number DESC LIMIT 100"
        )
        return self._rows(query, _numbered(hidden))

    def spots(self, form: str, most: int) -> list[tuple[float, float]]:
        """The positions of the newest answers to a form."""
        condition = f"{_OF_FORM} AND latitude NOT NULL"
        query = f"SELECT latitude, longitude FROM answers AS a WHERE {condition} ORDER BY number DESC LIMIT :most"
        return [(row["latitude"], row["longitude"]) for row in self._rows(query, {"form": form, "most": most})]

    def mark(self, form: str) -> tuple[int, int, int]:
        """Changes whenever the answers to a form or their reviews do."""
        query = (
            f"SELECT (SELECT count(*) FROM answers AS a WHERE {_OF_FORM}) AS count,"
            f" (SELECT coalesce(max(number), 0) FROM answers AS a WHERE {_OF_FORM}) AS last,"
            " (SELECT coalesce(max(number), 0) FROM store.reviews) AS review"
        )
        (row,) = self._rows(query, {"form": form})
        return row["count"], row["last"], row["review"]

    @staticmethod
    def _seen(hidden: Collection[str]) -> str:
        names = ", ".join(f":hidden{number}" for number in range(len(hidden)))
        return f"a.form IN (SELECT number FROM store.forms WHERE form_id NOT IN ({names}))"

    def _numbers(self, query: str, told: Mapping[str, Any]) -> list[int]:
        return self._asked(lambda connection: [number for (number,) in connection.execute(query, dict(told))])

    def _rows(self, query: str, told: Mapping[str, Any]) -> list[dict[str, Any]]:
        def rows(connection: sqlite3.Connection) -> list[dict[str, Any]]:
            cursor = connection.execute(query, dict(told))
            heads = [column[0] for column in cursor.description]
            return [dict(zip(heads, row, strict=True)) for row in cursor]

        return self._asked(rows)

    # -- the file -------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the file; it is opened again when needed."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._file.parent.mkdir(exist_ok=True, mode=0o700)
            connection = self._open()
            if connection is None:  # of another version, or of another store
                self._file.unlink()
                connection = self._open()
            assert connection is not None
            self._opened = connection
        return self._opened

    def _open(self) -> sqlite3.Connection | None:
        self._file.touch(mode=0o600)
        connection = connect(self._file)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("ATTACH ? AS store", (str(self._store.folder / "store.sqlite"),))
        (uuid,) = connection.execute("SELECT uuid FROM store.identity").fetchone()
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            connection.executescript(_TABLES)
            connection.execute("INSERT INTO reached VALUES (0, ?)", (uuid,))
        known = connection.execute("PRAGMA user_version").fetchone()[0], *connection.execute("SELECT store FROM reached")
        if known == (_LAYOUT, (uuid,)):
            return connection
        connection.close()
        return None


def _sign_after(sign: str) -> str:
    """The private sign that follows another, or the first one; "" if they are used up."""
    following = ord(sign) + 1 if sign else 0
    return next((chr(max(first, following)) for first, last in _PRIVATE if following <= last), "")


def _numbered(hidden: Iterable[str]) -> dict[str, str]:
    return {f"hidden{number}": form for number, form in enumerate(hidden)}
