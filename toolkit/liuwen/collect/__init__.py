"""Collecting: a store on a laptop, the server that phones with ODK Collect talk to, entities, keys and QR codes."""

from liuwen.collect.collectors import Collector, Credentials
from liuwen.collect.entities import Entity, EntityVersion
from liuwen.collect.forms import PublishedForm
from liuwen.collect.joining import Joining
from liuwen.collect.kept_submissions import Submission
from liuwen.collect.keys import KeyPair, new_keys
from liuwen.collect.refused import RefusedError
from liuwen.collect.server import Server, serve
from liuwen.collect.settings_qr import QrCode, settings_qr
from liuwen.collect.store import Store

__all__ = [
    "Collector",
    "Credentials",
    "Entity",
    "EntityVersion",
    "Joining",
    "KeyPair",
    "PublishedForm",
    "QrCode",
    "RefusedError",
    "Server",
    "Store",
    "Submission",
    "new_keys",
    "serve",
    "settings_qr",
]
