"""Serves stores in forked child processes, so that killing and starting a server takes milliseconds.

Reads lines with a port and a store's folder, and answers each with the process ID of the child that serves it.
"""

import os
import signal
import sys

from liuwen.server import serve
from liuwen.store import Store

if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        port, _, folder = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            serve(Store(folder), port=int(port), block=True)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
