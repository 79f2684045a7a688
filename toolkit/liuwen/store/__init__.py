"""Stores forms, submissions, attachments, entities and collectors in one folder with one SQLite database."""

from liuwen.store.collectors import Collector, Credentials
from liuwen.store.entities import Entity, EntityVersion
from liuwen.store.forms import PublishedForm
from liuwen.store.kept_submissions import StoredSubmission
from liuwen.store.store import Store

__all__ = ["Collector", "Credentials", "Entity", "EntityVersion", "PublishedForm", "Store", "StoredSubmission"]
