"""The server: which phones and browsers may talk to a store, and how."""

from liuwen.server.joining import Joining
from liuwen.server.server import Server, serve

__all__ = ["Joining", "Server", "serve"]
