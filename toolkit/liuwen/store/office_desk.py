"""What the office does with a store beside collecting: reviews, accounts of the office page, and lists of answers."""

import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.store import accounts, reviews
from liuwen.store.accounts import OfficeAccount
from liuwen.store.audit import Act, actor
from liuwen.store.forms import NO_FORM
from liuwen.store.reviews import OF_INSTANCE, Review

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.store.keeping import Keeping

LISTED = (
    "number",
    "instance_id",
    "root_id",
    "version",
    "name",
    "first_received",
    "received",
    "collector",
    "complete",
    "edits",
    "review_state",
)


class OfficeDesk:
    """Reviews, accounts and lists of answers; `Store.office` of a store.

    Args:
        keeping: What holds the store's database; `store.office` is made with it.

    >>> import tempfile
    >>> from liuwen.store import Store
    >>> store = Store(tempfile.mkdtemp())
    >>> password = store.office.add_account("Wang", ["office"])
    >>> [account.name for account in store.office.accounts()], len(password)
    (['Wang'], 16)
    """

    def __init__(self, keeping: "Keeping") -> None:
        self._keeping = keeping

    # -- reviews --------------------------------------------------------------------------------------------------

    def review(self, instance_id: str, state: str, comment: str = "") -> Review:
        """Review an answer, also while the store is served.

        Args:
            instance_id: The instance ID of the answer, or of any of its versions.
            state: "received", "hasIssues", "approved" or "rejected", as in ODK Central.
            comment: What to remember.

        Returns:
            The review.

        Raises:
            StoreError: If there is no such answer or state.
        """
        who, now = actor(), self._keeping.clock()
        act = Act("answers reviewed", self._number_of(instance_id), state)
        return self._keeping.administer(
            lambda c: reviews.add_review(c, instance_id, state, comment=comment, who=who, now=now), act
        )

    def reviews(self, instance_id: str | None = None) -> tuple[Review, ...]:
        """List reviews.

        Args:
            instance_id: Only those of this answer.

        Returns:
            The reviews, oldest first.
        """
        with self._keeping.reading() as connection:
            return reviews.read_reviews(connection, instance_id)

    def _number_of(self, instance_id: str) -> str:
        """How the log names an answer: by form and number, which mean nothing once it is erased."""
        query = f"SELECT form_id, s.number FROM submissions AS s JOIN forms ON forms.number = form WHERE {OF_INSTANCE}"
        with self._keeping.reading() as connection:
            row = connection.execute(query, {"instance": instance_id}).fetchone()
        return f"{row[0]} #{row[1]}" if row else ""

    # -- answers --------------------------------------------------------------------------------------------------

    def listing(self, form_id: str | None = None) -> "pd.DataFrame":
        """List the current answers that are kept under a name, without their content.

        Args:
            form_id: Only those to this form.

        Returns:
            One row per answer, in the order of arrival: `form_id, number, instance_id, root_id` (of its first version),
            `version, name` (of the instance), `first_received, received` (UTC), `collector, complete, edits` (how many),
            `review_state`.
        """
        import pandas as pd

        query = (
            "SELECT form_id, s.number, s.instance_id, coalesce(f.instance_id, s.instance_id), version,"
            " coalesce(s.instance_name, ''), coalesce(f.received, s.received), s.received, coalesce(c.name, ''), s.complete,"
            " (SELECT count(*) FROM submissions AS e WHERE e.root = coalesce(s.root, s.number)),"
            " coalesce((SELECT state FROM reviews WHERE submission = coalesce(s.root, s.number) ORDER BY number DESC LIMIT 1),"
            " 'received')"
            " FROM submissions AS s JOIN forms ON forms.number = s.form JOIN form_versions AS v ON v.number = s.form_version"
            " LEFT JOIN submissions AS f ON f.number = s.root LEFT JOIN collectors AS c ON c.number = s.collector"
            " WHERE s.current AND NOT anonymous AND form_id = coalesce(?, form_id) ORDER BY s.number"
        )
        with self._keeping.reading() as connection:
            rows = connection.execute(query, (form_id,)).fetchall()
        table = pd.DataFrame(rows, columns=["form_id", *LISTED])
        moments = {name: _moments(table[name]) for name in ("first_received", "received")}
        return table.assign(**moments, complete=table["complete"].astype(bool))

    def versions_of(self, root_id: str) -> tuple[int, ...]:
        """List the numbers of an answer's versions.

        Args:
            root_id: The instance ID of its first version.

        Returns:
            The numbers, the first version first.
        """
        root = f"(SELECT number FROM submissions WHERE {OF_INSTANCE})"
        query = f"SELECT number FROM submissions WHERE number IN {root} UNION SELECT number FROM submissions WHERE root IN {root}"
        with self._keeping.reading() as connection:
            return tuple(sorted(number for (number,) in connection.execute(query, {"instance": root_id})))

    def senders_of(self, instances: Collection[str]) -> dict[str, tuple[int, str]]:
        """Find who sent answers that are kept under a name.

        Args:
            instances: Their instance IDs.

        Returns:
            Instance ID → number of the answer, and name of its collector ("" if it has none).
        """
        query = (
            "SELECT s.instance_id, s.number, coalesce(c.name, '') FROM submissions AS s LEFT JOIN collectors AS c"
            " ON c.number = s.collector WHERE s.form IN (SELECT number FROM forms)"
            f" AND s.instance_id IN ({', '.join('?' * len(instances))})"
        )
        with self._keeping.reading() as connection:
            return {instance: (number, name) for instance, number, name in connection.execute(query, tuple(instances))}

    def confidential_rows(self) -> frozenset[str]:
        """List the rows of entity lists that answers to confidential forms have written to, also answers erased since.

        Returns:
            Their IDs.
        """
        query = (
            "SELECT DISTINCT uuid FROM entities AS e JOIN entity_versions AS v ON v.entity = e.number LEFT JOIN submissions AS s"
            " ON s.number = v.submission LEFT JOIN forms ON forms.number = s.form WHERE forms.confidential OR v.confidential"
        )
        with self._keeping.reading() as connection:
            return frozenset(uuid for (uuid,) in connection.execute(query))

    def bytes_of_files(self) -> int:
        """Add up the sizes of all attachments and of the files of forms.

        Returns:
            Bytes.
        """
        with self._keeping.reading() as connection:
            return int(connection.execute("SELECT coalesce(sum(size), 0) FROM files").fetchone()[0])

    def faults(self) -> "pd.DataFrame":
        """List what could not be written to entity lists.

        Returns:
            One row per fault, newest first: `moment` (UTC), `form_id, number` (of the answer), `fault`.
        """
        import pandas as pd

        query = (
            "SELECT found, form_id, s.number, fault FROM entity_faults JOIN submissions AS s ON s.number = submission"
            " JOIN forms ON forms.number = form WHERE NOT anonymous ORDER BY found DESC LIMIT 50"
        )
        with self._keeping.reading() as connection:
            rows = connection.execute(query).fetchall()
        table = pd.DataFrame(rows, columns=["moment", "form_id", "number", "fault"])
        return table.assign(moment=_moments(table["moment"]))

    # -- confidential forms ---------------------------------------------------------------------------------------

    def set_confidential(self, form_id: str, confidential: bool) -> None:
        """Let only the receivers of complaints see the answers to a form on the office page, or everybody in the office again.

        Args:
            form_id: The form ID.
            confidential: Whether only receivers see them.

        Raises:
            StoreError: There is no such form.
        """

        def change(connection: sqlite3.Connection) -> None:
            row = (confidential, form_id)
            if not connection.execute("UPDATE forms SET confidential = ? WHERE form_id = ?", row).rowcount:
                raise StoreError(NO_FORM.filled(form=form_id))

        self._keeping.administer(change, Act("form made confidential" if confidential else "form made ordinary", form_id))

    def confidential(self) -> frozenset[str]:
        """List the confidential forms.

        Returns:
            Their form IDs.
        """
        with self._keeping.reading() as connection:
            return frozenset(form for (form,) in connection.execute("SELECT form_id FROM forms WHERE confidential"))

    # -- figures --------------------------------------------------------------------------------------------------

    def figures(self, form_id: str) -> str:
        """Read the figures of a form that were last shown.

        Args:
            form_id: The form ID.

        Returns:
            What `release_figures` kept; "" if nothing.
        """
        with self._keeping.reading() as connection:
            return _figures(connection, form_id)

    def release_figures(self, form_id: str, before: str, now: str) -> str:
        """Keep the figures of a form that are shown from now on; of two that are released at once, only the first count.

        Args:
            form_id: The form ID.
            before: Those that were shown when these were made, as `figures` gave them.
            now: The figures.

        Returns:
            Those to show: `now`, or what somebody else has released since `before`.
        """

        def release(connection: sqlite3.Connection) -> str:
            kept = _figures(connection, form_id)
            if kept != before:
                return kept
            query = "INSERT OR REPLACE INTO released_figures (form_id, content, moment) VALUES (?, ?, ?)"
            connection.execute(query, (form_id, now, self._keeping.clock()))
            return now

        return self._keeping.administer(release, Act("figures released", form_id))

    # -- accounts -------------------------------------------------------------------------------------------------

    def add_account(self, name: str, roles: Collection[str]) -> str:
        """Add an account of the office page.

        Args:
            name: The name.
            roles: "office", "leader", "receiver" (of complaints) or "keys", or several.

        Returns:
            The password; it is shown only now, the store keeps a hash.

        Raises:
            StoreError: If the name is taken or invalid, or a role unknown.
        """
        act, now = Act("account added", name, ", ".join(sorted(roles))), self._keeping.clock()
        return self._keeping.administer(lambda c: accounts.add_account(c, name, roles, now), act)

    def revoke_account(self, name: str) -> None:
        """Revoke an account of the office page.

        Args:
            name: The name.

        Raises:
            StoreError: There is no such account.
        """
        now = self._keeping.clock()
        self._keeping.administer(lambda c: accounts.revoke_account(c, name, now), Act("account revoked", name))

    def accounts(self) -> tuple[OfficeAccount, ...]:
        """List the accounts of the office page.

        Returns:
            The accounts by name, also revoked ones.
        """
        with self._keeping.reading() as connection:
            return accounts.read_accounts(connection)

    def sign_in(self, name: str, password: str) -> OfficeAccount | None:
        """Check a password.

        Args:
            name: The name.
            password: The password.

        Returns:
            The account; None if the name is unknown or revoked, or the password is wrong.
        """
        with self._keeping.reading() as connection:
            return accounts.check_password(connection, name, password)

    def note(self, name: str, subject: str, detail: str = "") -> None:
        """Log that somebody has looked at something.

        Args:
            name: One of the acts of the log.
            subject: At what.
            detail: What else is worth knowing.
        """
        self._keeping.administer(lambda _: None, Act(name, subject, detail))


def _figures(connection: sqlite3.Connection, form_id: str) -> str:
    row = connection.execute("SELECT content FROM released_figures WHERE form_id = ?", (form_id,)).fetchone()
    return str(row[0]) if row else ""


def _moments(seconds: "pd.Series[float]") -> "pd.Series[pd.Timestamp]":
    import pandas as pd

    return pd.to_datetime(seconds, unit="s", utc=True).astype("datetime64[us, UTC]")
