"""The command `liuwen`: one file per sub-command, each a thin layer over the package.

Exit status: 0 success, 1 the examined files have faults, 2 they could not be examined (one clear sentence, no traceback).
"""

from liuwen.cli.command import main

__all__ = ["main"]
