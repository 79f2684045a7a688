"""Sources of submissions: another store, ODK Central or KoboToolbox, with one interface."""

from liuwen.sources.any_source import load_to_parquet, read_responses
from liuwen.sources.central.app_users import AppUser
from liuwen.sources.central.client import Central
from liuwen.sources.central.entities import Pushed
from liuwen.sources.kobo.client import Kobo
from liuwen.sources.pull import Pulled, pull
from liuwen.sources.source import Listed, RemoteForm, Source
from liuwen.sources.store_source import StoreSource

__all__ = [
    "AppUser",
    "Central",
    "Kobo",
    "Listed",
    "Pulled",
    "Pushed",
    "RemoteForm",
    "Source",
    "StoreSource",
    "load_to_parquet",
    "pull",
    "read_responses",
]
