"""Who may talk to a store, and how: phones with ODK Collect, and browsers."""

from liuwen.server.joining import Joining
from liuwen.server.server import Server, serve

__all__ = ["Joining", "Server", "serve"]
