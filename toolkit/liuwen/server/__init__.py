"""The HTTP server of a store, for phones and browsers."""

from liuwen.server.joining import Joining
from liuwen.server.server import Server, serve

__all__ = ["Joining", "Server", "serve"]
