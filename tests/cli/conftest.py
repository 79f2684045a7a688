"""Runs the command in a separate process that can be interrupted by Ctrl-C."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

COMMAND = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from liuwen.cli import main; main()"
"""Background processes ignore Ctrl-C by default, so it is enabled explicitly."""


class Running:
    """A running command and its output."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        (folder / "tmp").mkdir(exist_ok=True)
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", "TMPDIR": str(folder / "tmp")}
        command = [sys.executable, "-c", COMMAND, *map(str, arguments)]
        self.said = ""
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment)

    def until(self, words: str) -> str:
        """The output up to the line that contains `words`."""
        assert self.process.stdout is not None
        said = ""
        while words not in said:
            line = self.process.stdout.readline()
            assert line, f"it ended without saying {words!r}: {self.said}"
            said += line
            self.said += line
        return said

    def stop(self) -> str:
        """The remaining output after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=600)
        assert self.process.returncode == 0
        return str(rest)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts `liuwen` with these arguments in the test's folder; `tmp` is its folder for temporary files."""
    started: list[Running] = []

    def start(*arguments: object) -> Running:
        started.append(Running(tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()
