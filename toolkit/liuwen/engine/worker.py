"""The worker process: a Java virtual machine with JavaRosa, and a loop that runs the caller's functions.

Run as `python -m liuwen.engine.worker FOLDER [--brief]` by `liuwen.engine.process`. Requests arrive on standard input,
replies go to the original standard output, and output of Java is discarded. When the caller exits, its end of the pipe
closes and the worker stops.
"""

import gc
import os
import queue
import shutil
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

import cloudpickle

LENGTH = struct.Struct("<Q")
HEAP = "768m"
"""Maximum size of Java's heap; a form that needs more stops the worker."""
ADDRESS_SPACE = 12 << 30
"""Maximum address space of the process in bytes, including Java's reservations."""
STACK = 512 << 20
"""Stack size in bytes of the working thread: expressions are evaluated recursively."""


class Failure(NamedTuple):
    """The exception of a call: pickled, or only its message if it cannot be pickled."""

    error: Exception | None
    words: str
    memory: bool = False


def read_message(stream: BinaryIO) -> bytes:
    """Read the next length-prefixed message; raises `EOFError` if the other end has closed."""
    size = LENGTH.unpack(_exactly(stream, LENGTH.size))[0]
    return _exactly(stream, size)


def write_message(stream: BinaryIO, message: bytes) -> None:
    """Write one length-prefixed message."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _exactly(stream: BinaryIO, size: int) -> bytes:
    parts = []
    while size:
        part = stream.read(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def run(request: bytes) -> bytes:
    """Call the pickled `(function, arguments)` and pickle `(True, result)` or `(False, Failure)`."""
    try:
        function, arguments = cloudpickle.loads(request)
        return _pickled(True, function(*arguments))
    except MemoryError:
        return _pickled(False, Failure(None, "", memory=True))
    except Exception as error:  # noqa: BLE001  # any exception of the caller's function is passed to the caller
        return _pickled(False, _failure(error))


def _pickled(fine: bool, value: object) -> bytes:
    result: bytes = cloudpickle.dumps((fine, value))
    return result


def _failure(error: Exception) -> Failure:
    from liuwen.engine.javarosa import is_java, said

    if is_java(error):
        return Failure(None, said(error))
    try:
        cloudpickle.loads(cloudpickle.dumps(error))
    except Exception:  # noqa: BLE001  # pickling an exception may raise anything
        return Failure(None, f"{type(error).__name__}: {error}")
    return Failure(error, "")


def _serve(requests: "queue.SimpleQueue[bytes]", replies: BinaryIO, work: Callable[[bytes], bytes]) -> None:
    while True:
        reply = work(requests.get())
        try:
            write_message(replies, reply)
        except OSError:
            return
        if not gc.isenabled():
            _collect_garbage()


def _collect_garbage() -> None:
    """Look for garbage, now that no caller waits, as a function has put it off; what stays need not be looked through again.

    Java has Python look through everything each time that it clears its own memory.
    """
    gc.enable()
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; Java's heap limit still applies
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def main() -> None:
    """Serve until the caller exits; the last of the two processes deletes the folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests_in, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    _limit_memory()
    folder = sys.argv[1]
    gc.disable()  # until the first reply: what is loaded stays
    try:
        from liuwen.engine.class_archive import options
        from liuwen.engine.javarosa import start_java

        start_java(HEAP, folder, brief="--brief" in sys.argv, further=options())
        requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.stack_size(STACK)
        threading.Thread(target=_serve, args=(requests, replies, run), daemon=True).start()
        write_message(replies, b"ready")
        while True:
            requests.put(read_message(requests_in))
    except (EOFError, OSError):
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)  # Java's own shutdown would wait for running threads


if __name__ == "__main__":
    # Functions are pickled by module name, so this module must be importable under its own name, not "__main__".
    from liuwen.engine.worker import main as serve

    serve()
