"""The database schema of a store, and its migrations.

Each migration is one script; `user_version` counts the migrations that have been applied.
"""

import secrets
import sqlite3
import uuid
from pathlib import Path

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.seals import seal

NEWER = Sentence(
    zh="库“{store}”由更新版本的 liuwen 建立（格式 {found}，本程序认得到 {known}）；请升级 liuwen。",
    en='The store "{store}" was made by a newer liuwen (format {found}, this version knows up to {known}); upgrade liuwen.',
)
FOREIGN = Sentence(
    zh="“{store}”里的 store.sqlite 不是 liuwen 的库。",
    en='The store.sqlite in "{store}" is not a liuwen store.',
)

APPLICATION = 0x6C69756E
"""The application ID of the database ("liun"), which distinguishes it from other programs' files."""

_FIRST = """
CREATE TABLE identity (uuid TEXT NOT NULL, realm TEXT NOT NULL);

CREATE TABLE forms (
    number INTEGER PRIMARY KEY,
    form_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closing', 'closed')),
    anonymous INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE form_versions (
    number INTEGER PRIMARY KEY,
    form INTEGER NOT NULL REFERENCES forms,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    xml BLOB NOT NULL,
    md5 TEXT NOT NULL,
    sheets TEXT,
    entities TEXT NOT NULL,
    published REAL NOT NULL,
    UNIQUE (form, version)
);
CREATE TABLE form_media (
    form_version INTEGER NOT NULL REFERENCES form_versions,
    name TEXT NOT NULL,
    sha256 TEXT REFERENCES files,
    entity_list INTEGER REFERENCES entity_lists,
    PRIMARY KEY (form_version, name),
    CHECK ((sha256 IS NULL) <> (entity_list IS NULL))
);
CREATE TABLE files (
    sha256 TEXT PRIMARY KEY,
    md5 TEXT NOT NULL,
    size INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE submissions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    form INTEGER NOT NULL REFERENCES forms,
    form_version INTEGER NOT NULL REFERENCES form_versions,
    instance_id TEXT NOT NULL,
    root INTEGER REFERENCES submissions,
    current INTEGER NOT NULL DEFAULT 1,
    complete INTEGER NOT NULL DEFAULT 1,
    xml BLOB NOT NULL,
    received REAL NOT NULL,
    collector INTEGER REFERENCES collectors,
    device TEXT NOT NULL DEFAULT '',
    UNIQUE (form, instance_id)
);
CREATE INDEX edits_of_a_submission ON submissions (root) WHERE root IS NOT NULL;
CREATE TABLE submission_files (
    submission INTEGER NOT NULL REFERENCES submissions,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES files,
    received REAL NOT NULL,
    PRIMARY KEY (submission, name)
) WITHOUT ROWID;

CREATE TABLE collectors (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    forms TEXT,
    digest TEXT NOT NULL,
    created REAL NOT NULL,
    expires REAL,
    revoked REAL
);
CREATE TABLE tokens (
    sha256 TEXT PRIMARY KEY,
    collector INTEGER NOT NULL REFERENCES collectors,
    created REAL NOT NULL,
    expires REAL,
    revoked REAL,
    uses INTEGER
) WITHOUT ROWID;

CREATE TABLE entity_lists (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    edition INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE entity_properties (
    list INTEGER NOT NULL REFERENCES entity_lists,
    name TEXT NOT NULL,
    PRIMARY KEY (list, name)
);
CREATE TABLE entities (
    number INTEGER PRIMARY KEY,
    list INTEGER NOT NULL REFERENCES entity_lists,
    uuid TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    label TEXT NOT NULL,
    data TEXT NOT NULL,
    conflict TEXT CHECK (conflict IN ('soft', 'hard')),
    created REAL NOT NULL,
    updated REAL,
    deleted REAL,
    resolved INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entities_of_a_list ON entities (list, number);
CREATE TABLE entity_versions (
    entity INTEGER NOT NULL REFERENCES entities,
    version INTEGER NOT NULL,
    label TEXT NOT NULL,
    data TEXT NOT NULL,
    received TEXT NOT NULL,
    base_version INTEGER,
    trunk_version INTEGER,
    branch_id TEXT,
    branch_base_version INTEGER,
    conflicting TEXT,
    forced INTEGER NOT NULL DEFAULT 0,
    created_late INTEGER NOT NULL DEFAULT 0,
    submission INTEGER REFERENCES submissions,
    saved REAL NOT NULL,
    PRIMARY KEY (entity, version)
) WITHOUT ROWID;
CREATE INDEX entities_of_a_submission ON entity_versions (submission) WHERE submission IS NOT NULL;
CREATE TABLE entity_backlog (
    number INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submissions,
    uuid TEXT NOT NULL,
    branch_id TEXT NOT NULL,
    branch_base_version INTEGER NOT NULL,
    held REAL NOT NULL
);
CREATE TABLE entity_faults (
    submission INTEGER NOT NULL REFERENCES submissions,
    fault TEXT NOT NULL,
    found REAL NOT NULL
);
"""

_LINKS = """
ALTER TABLE tokens ADD COLUMN form TEXT;
ALTER TABLE form_versions ADD COLUMN encrypted INTEGER NOT NULL DEFAULT 0;
UPDATE form_versions SET encrypted = instr(CAST(xml AS TEXT), ' base64RsaPublicKey="') > 0;
CREATE INDEX submissions_of_a_form ON submissions (form, number);
CREATE INDEX submissions_of_a_collector ON submissions (collector, number) WHERE collector IS NOT NULL;
"""

_OWNERS = """
ALTER TABLE submissions ADD COLUMN by_link INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN author TEXT;
CREATE TABLE replaced_files (
    submission INTEGER NOT NULL REFERENCES submissions,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES files,
    received REAL NOT NULL,
    replaced REAL NOT NULL
);
CREATE INDEX replaced_files_of_a_submission ON replaced_files (submission, name);
"""

_NAMES = """
ALTER TABLE submissions ADD COLUMN instance_name TEXT;
"""
"""NULL for earlier submissions; filled from the XML when first listed."""

_DESK_TABLES = """
CREATE TABLE desk_tables (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kept REAL NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX desk_tables_by_name ON desk_tables (name, number);
ALTER TABLE collectors ADD COLUMN places TEXT;
"""

_CHECKSUMS = """
CREATE TABLE seals (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, total INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE submission_hashes (number INTEGER PRIMARY KEY, hash INTEGER NOT NULL);
CREATE TABLE audit_log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    moment REAL NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE TABLE tombstones (
    form INTEGER NOT NULL REFERENCES forms,
    instance TEXT NOT NULL,
    erased REAL NOT NULL,
    PRIMARY KEY (form, instance)
) WITHOUT ROWID;
"""
"""Checksums of rows (`liuwen.store.seals`), the log of administrative acts, and hashes of the instance IDs of erased answers."""

_OFFICE = """
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submissions,
    state TEXT NOT NULL CHECK (state IN ('received', 'hasIssues', 'approved', 'rejected')),
    comment TEXT NOT NULL,
    who TEXT NOT NULL,
    moment REAL NOT NULL
);
CREATE INDEX reviews_of_a_submission ON reviews (submission, number);
CREATE TABLE office_accounts (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    roles TEXT NOT NULL,
    created REAL NOT NULL,
    revoked REAL
) WITHOUT ROWID;
CREATE TABLE released_figures (
    form_id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    moment REAL NOT NULL
) WITHOUT ROWID;
ALTER TABLE forms ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
"""
"""Reviews of submissions (never changed, the last one counts), accounts of the office page, the figures
that it last showed, and forms for receivers only."""

_ERASED_COMPLAINTS = """
ALTER TABLE entity_versions ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
"""
"""1 for a version that an answer to a confidential form wrote, once the answer is erased and its form no longer known."""

_RELEASES = """
CREATE TABLE releases (
    form_id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    moment REAL NOT NULL
) WITHOUT ROWID;
INSERT INTO releases
    SELECT substr(form_id, 1, length(form_id) - 9), content, moment FROM released_figures
    WHERE substr(form_id, -9) = char(31) || 'releases';
DELETE FROM released_figures WHERE substr(form_id, -9) = char(31) || 'releases';
"""
"""The record of a form's releases, which stood among the figures of the office page before, under the form's ID and a suffix."""

_SECTIONS_SHOWN = """
CREATE TABLE sections_shown (
    form_id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    moment REAL NOT NULL
) WITHOUT ROWID;
"""
"""The record of which rows of sections kept apart were shown when a form's answers were loaded."""

MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    _LINKS,
    _OWNERS,
    _NAMES,
    _DESK_TABLES,
    _CHECKSUMS,
    _OFFICE,
    _ERASED_COMPLAINTS,
    _RELEASES,
    _SECTIONS_SHOWN,
)
"""The scripts that create a store, oldest first; a released script is never changed."""


def check_layout(connection: sqlite3.Connection, folder: Path) -> int:
    """The number of applied migrations; raises `StoreError` for a foreign or newer database."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION and not empty:
        raise StoreError(FOREIGN.filled(store=folder.name))
    if found > len(MIGRATIONS):
        raise StoreError(NEWER.filled(store=folder.name, found=found, known=len(MIGRATIONS)))
    return found


def has_identity(connection: sqlite3.Connection) -> bool:
    """Whether the store has an ID."""
    return connection.execute("SELECT 1 FROM identity").fetchone() is not None


def give_identity(connection: sqlite3.Connection) -> None:
    """Give the store an ID and a realm for authentication, if it has none."""
    if not has_identity(connection):
        row = (str(uuid.uuid4()), f"liuwen {secrets.token_hex(4)}")
        connection.execute("INSERT INTO identity (uuid, realm) VALUES (?, ?)", row)


def migrate(connection: sqlite3.Connection, folder: Path) -> None:
    """Apply missing migrations, each in its own transaction; with the last one, compute the checksums of all tables."""
    found = check_layout(connection, folder)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    for number, script in enumerate(MIGRATIONS[found:], start=found + 1):
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};")
        if number == len(MIGRATIONS):
            seal(connection)
        connection.execute("COMMIT")
