"""The worker process: reused, restarted if it dies, stopped with Python."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from liuwen.engine import Engine
from liuwen.errors import AnswerError, EngineError
from liuwen.messages import Sentence


@pytest.fixture(scope="module")
def own():
    worker = Engine()
    yield worker
    worker.close()


def test_the_worker_is_reused_between_calls(own):
    """Two calls are answered by one process, which is not this one."""
    first = own.call(lambda: __import__("os").getpid())
    assert first == own.call(lambda: __import__("os").getpid()) == own.pid != os.getpid()


def test_the_worker_ignores_python_files_in_the_current_folder(tmp_path: Path, monkeypatch):
    """A folder with forms may hold a queue.py."""
    (tmp_path / "queue.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    worker = Engine()
    try:
        assert worker.call(len, "abc") == 3
    finally:
        worker.close()


def test_a_worker_for_little_work_is_replaced_before_much():
    """And only then: a worker that runs is kept for the next little work, and one for much serves any."""
    worker = Engine()
    try:
        pids = []
        for brief in (True, True, False, True):
            worker.start_early(len, "", brief=brief)
            pids.append(worker.call(os.getpid))
        assert pids[0] == pids[1] != pids[2] == pids[3]
    finally:
        worker.close()


def test_a_worker_for_little_work_is_replaced_after_much(monkeypatch):
    """Whoever goes on in the same session gets one that compiles well, once."""
    worker = Engine()
    try:
        worker.start_early(len, "", brief=True)
        first = worker.call(os.getpid)
        assert worker.call(os.getpid) == first
        monkeypatch.setattr("liuwen.engine.process._BRIEF_SECONDS", 0.0)
        later = worker.call(os.getpid)
        assert first != later == worker.call(os.getpid)
    finally:
        worker.close()


def test_closures_can_be_sent_to_the_worker(own):
    """A closure and its result are pickled."""
    factor = 3
    assert own.call(lambda numbers: {n: n * factor for n in numbers}, (1, 2)) == {1: 3, 2: 6}


def test_exceptions_are_raised_in_the_caller(own):
    """A LiuwenError keeps its sentence, an exception of Python its class."""

    def refuse():
        raise AnswerError(Sentence(zh="不行", en="no"))

    with pytest.raises(AnswerError) as refused:
        own.call(refuse)
    assert refused.value.sentence == Sentence(zh="不行", en="no")
    with pytest.raises(ZeroDivisionError):
        own.call(lambda: 1 / 0)


def test_a_java_exception_becomes_one_sentence(own):
    """The caller sees no Java class name and no stack trace."""

    def overflow():
        from liuwen.engine.javarosa import java

        return java("java.lang.Integer").parseInt("many")

    with pytest.raises(EngineError) as refused:
        own.call(overflow)
    assert 'For input string: "many"' in refused.value.sentence.en
    assert "java." not in refused.value.sentence.en
    assert "\n" not in str(refused.value)


def test_timeout_stops_the_call_and_restarts_the_worker(own):
    """The call raises `EngineError`; the next one works."""
    before = own.call(os.getpid)
    with pytest.raises(EngineError, match=r"0\.3"):
        own.call(time.sleep, 30, timeout=0.3)
    assert own.call(os.getpid) != before


def test_deferred_garbage_is_collected_after_the_reply(own):
    """A call may put off garbage collection; the worker does it while no caller waits, and sets aside what stays."""

    class Cycle:
        def __init__(self) -> None:
            self.itself = self

    def leave() -> int:
        import builtins
        import gc
        import weakref

        gc.disable()
        builtins.left = weakref.ref(Cycle())
        gc.freeze()
        return gc.get_freeze_count()

    def look() -> tuple[bool, bool, bool]:
        import builtins
        import gc

        return builtins.left() is None, gc.isenabled(), gc.get_freeze_count() > 0

    assert own.call(leave) > 0
    assert own.call(look) == (True, True, True)


def test_a_loop_inside_java_is_stopped_too(own):
    """The timeout applies whatever the worker is doing."""

    def endless():
        from liuwen.engine.javarosa import java

        java("java.lang.Thread").sleep(60_000)

    with pytest.raises(EngineError):
        own.call(endless, timeout=0.3)


def test_a_worker_that_dies_is_replaced(own):
    """A crash during a call raises `EngineError`; a crash between calls goes unnoticed."""
    with pytest.raises(EngineError):
        own.call(lambda: __import__("os")._exit(9))
    pid = own.call(os.getpid)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert own.call(os.getpid) != pid


def test_out_of_memory_stops_the_worker_not_the_caller(own):
    """The heap is limited, and the message says that memory ran out."""

    def hoard():
        from liuwen.engine.javarosa import java

        kept = java("java.util.ArrayList")()
        import jpype

        while True:
            kept.add(jpype.JArray(jpype.JByte)(64 << 20))

    with pytest.raises(EngineError) as died:
        own.call(hoard)
    assert "out of memory" in died.value.sentence.en


def test_threads_share_one_worker(own):
    """Each of eight threads gets its own results."""
    answers = {}
    threads = [threading.Thread(target=lambda n=n: answers.update({n: own.call(lambda m: m * m, n)})) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: n * n for n in range(8)}


def test_forked_child_starts_its_own_worker(own):
    """The calls of the child do not disturb the parent's worker, which outlives the child."""
    pid = own.call(os.getpid)
    script = (
        "import os, sys; from liuwen.engine import engine\n"
        "mine = engine().call(os.getpid)\n"
        "child = os.fork()\n"
        "if not child: os._exit(0 if engine().call(os.getpid) != mine else 1)\n"
        "status = os.waitpid(child, 0)[1]\n"
        "sys.exit(status or (0 if engine().call(os.getpid) == mine else 2))"
    )
    finished = subprocess.run([sys.executable, "-W", "error", "-c", script], timeout=600, check=False)
    assert finished.returncode == 0
    assert own.call(os.getpid) == pid


@pytest.mark.parametrize("death", ["exit", "kill"])
def test_worker_stops_with_python(death, tmp_path: Path):
    """If Python exits or is killed, neither a worker nor its media remain."""
    script = "import os, sys, time; from liuwen.engine import engine; print(engine().call(os.getpid), flush=True); "
    script += "time.sleep(3600)" if death == "kill" else ""
    here = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=here) as parent:
        pid = int(parent.stdout.readline())
        assert list(tmp_path.iterdir())
        if death == "kill":
            parent.kill()
        parent.wait()
    for _ in range(12_000):
        if not _alive(pid) and not list(tmp_path.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail(f"worker {pid} or its folder is still there")


def test_media_of_a_stopped_worker_are_deleted(own):
    """Lists of households do not remain on disk after a timeout."""
    folder = own.call(_media_folder)
    (folder / "households.csv").write_text("synthetic")
    with pytest.raises(EngineError, match="did not finish"):
        own.call(time.sleep, 30, timeout=0.1)
    assert not folder.exists()


def test_least_recently_used_media_are_deleted(own):
    """A list edited a hundred times is not stored a hundred times; one that is read again is restored."""

    def read(number: int) -> int:
        from liuwen.engine.loading import prepare

        prepare({"list.csv": f"name\n{number}\n".encode()})
        return sum(1 for _ in _media_folder().iterdir())

    assert max(own.call(read, number) for number in range(60)) < 30
    assert own.call(read, 0) < 30


def _media_folder() -> Path:
    from liuwen.engine.javarosa import folder

    return folder()


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
