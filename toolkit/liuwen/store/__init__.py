"""Stores forms, submissions, attachments, entities and collectors in one folder with one SQLite database."""

from liuwen.store.accounts import OfficeAccount
from liuwen.store.audit import LoggedAct
from liuwen.store.backups import Backup
from liuwen.store.collectors import Collector, Credentials, Link
from liuwen.store.entities import Entity, EntityVersion
from liuwen.store.erasing import Erased
from liuwen.store.forms import PublishedForm
from liuwen.store.kept_submissions import StoredSubmission
from liuwen.store.office_desk import OfficeDesk
from liuwen.store.pruning import Pruned, prune_backups
from liuwen.store.remote_backups import fetch_backups, mirror_backups
from liuwen.store.restoring import Restored, check_backups, restore_backup
from liuwen.store.reviews import Review
from liuwen.store.store import Store

__all__ = [
    "Backup",
    "Collector",
    "Credentials",
    "Entity",
    "EntityVersion",
    "Erased",
    "Link",
    "LoggedAct",
    "OfficeAccount",
    "OfficeDesk",
    "Pruned",
    "PublishedForm",
    "Restored",
    "Review",
    "Store",
    "StoredSubmission",
    "check_backups",
    "fetch_backups",
    "mirror_backups",
    "prune_backups",
    "restore_backup",
]
