"""The command `liuwen`: one file per sub-command, each a thin layer over the package.

Exit status: 0 fine, 1 what was examined has faults, 2 it could not be examined (one clear sentence, no traceback).
"""

from liuwen.cli.command import main

__all__ = ["main"]
