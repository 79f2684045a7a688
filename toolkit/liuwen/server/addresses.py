"""Finds the address at which phones on the local network reach the server."""

import socket
from contextlib import closing


def lan_address() -> str:
    """This machine's address on the local network, or the loopback address if there is no network.

    Nothing is sent: connecting a datagram socket only asks the system for the route.
    """
    for beyond in ("10.255.255.255", "192.168.255.255", "172.31.255.255"):
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
            try:
                probe.connect((beyond, 9))
            except OSError:
                continue
            found: str = probe.getsockname()[0]
            if not found.startswith("127."):
                return found
    return "127.0.0.1"


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises `OSError`, or `OverflowError` for an invalid port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(
        family, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # with the protocol named, asyncio turns Nagle's algorithm off
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except (OSError, OverflowError):
        listening.close()
        raise
    return listening
