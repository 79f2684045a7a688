"""The worker process: reused, replaced when it dies, gone when Python is."""

import gc
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


def test_functions_and_results_of_any_kind_travel(own):
    """A closure goes there and what it makes comes back."""
    factor = 3
    assert own.call(lambda numbers: {n: n * factor for n in numbers}, (1, 2)) == {1: 3, 2: 6}


def test_what_the_function_raises_is_raised_here(own):
    """An error of liuwen's keeps its sentence, one of Python's its class."""

    def refuse():
        raise AnswerError(Sentence(zh="不行", en="no"))

    with pytest.raises(AnswerError) as refused:
        own.call(refuse)
    assert refused.value.sentence == Sentence(zh="不行", en="no")
    with pytest.raises(ZeroDivisionError):
        own.call(lambda: 1 / 0)


def test_a_java_exception_becomes_one_sentence(own):
    """No class name of Java's and no stack trace reaches the caller."""

    def overflow():
        from liuwen.engine.javarosa import java

        return java("java.lang.Integer").parseInt("many")

    with pytest.raises(EngineError) as refused:
        own.call(overflow)
    assert 'For input string: "many"' in refused.value.sentence.en
    assert "java." not in refused.value.sentence.en
    assert "\n" not in str(refused.value)


def test_too_slow_a_call_is_stopped_and_the_worker_replaced(own):
    """A call over its time raises `EngineError`; the next one works."""
    before = own.call(os.getpid)
    with pytest.raises(EngineError, match=r"0\.3"):
        own.call(time.sleep, 30, timeout=0.3)
    assert own.call(os.getpid) != before


def test_what_a_call_left_frozen_is_cleared_away_after_its_answer(own):
    """A call may put off looking through its leavings; the worker does that while nobody waits."""

    def leave() -> int:
        import gc

        gc.freeze()
        return gc.get_freeze_count()

    assert own.call(leave) > 0
    assert own.call(gc.get_freeze_count) == 0


def test_a_loop_inside_java_is_stopped_too(own):
    """Time is bounded by the caller, whatever the worker is doing."""

    def endless():
        from liuwen.engine.javarosa import java

        java("java.lang.Thread").sleep(60_000)

    with pytest.raises(EngineError):
        own.call(endless, timeout=0.3)


def test_a_worker_that_dies_is_replaced(own):
    """A crash amid a call raises `EngineError`; a death between calls is not noticed at all."""
    with pytest.raises(EngineError):
        own.call(lambda: __import__("os")._exit(9))
    pid = own.call(os.getpid)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert own.call(os.getpid) != pid


def test_java_out_of_memory_ends_the_worker_and_not_the_caller(own):
    """The heap is bounded, and the sentence says that memory ran out."""

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
    """Calls from eight threads are each answered with their own result."""
    answers = {}
    threads = [threading.Thread(target=lambda n=n: answers.update({n: own.call(lambda m: m * m, n)})) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: n * n for n in range(8)}


def test_a_forked_child_has_a_worker_of_its_own(own):
    """The child's calls do not disturb the parent's worker, which outlives the child."""
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
def test_the_worker_is_gone_when_python_is(death, tmp_path: Path):
    """Whether Python ends by itself or is killed, no worker is left behind, nor the media of the forms it read."""
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


def test_the_media_of_a_worker_that_is_stopped_go_with_it(own):
    """Lists of households are not left lying about when a form took too long."""
    folder = own.call(_media_folder)
    (folder / "households.csv").write_text("synthetic")
    with pytest.raises(EngineError, match="did not finish"):
        own.call(time.sleep, 30, timeout=0.1)
    assert not folder.exists()


def test_media_of_forms_read_long_ago_make_room(own):
    """A list that is edited a hundred times is not kept a hundred times; what is read again is there again."""

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
