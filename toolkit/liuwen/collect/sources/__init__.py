"""Where submissions are: a store of one's own, ODK Central and KoboToolbox, asked alike and pulled alike."""

from liuwen.collect.sources.central import Central
from liuwen.collect.sources.central_app_users import AppUser
from liuwen.collect.sources.central_entities import Pushed
from liuwen.collect.sources.kobo import Kobo
from liuwen.collect.sources.pull import Pulled, pull
from liuwen.collect.sources.source import Listed, RemoteForm, Source
from liuwen.collect.sources.store_source import StoreSource

__all__ = ["AppUser", "Central", "Kobo", "Listed", "Pulled", "Pushed", "RemoteForm", "Source", "StoreSource", "pull"]
