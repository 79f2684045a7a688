"""How the tests speak to the command."""

import sys
from dataclasses import dataclass

import pytest

from liuwen.cli import main
from liuwen.messages import use_language


@dataclass(frozen=True)
class Said:
    """What the command left behind: its exit status and its two streams."""

    status: int
    out: str
    err: str


@pytest.fixture
def liuwen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """The command in this process, in English unless `--lang` says otherwise."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(sys, "argv", ["liuwen"])

    def run(*arguments: object) -> Said:
        with use_language("en"), pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(int(left.value.code or 0), said.out, said.err)

    return run
