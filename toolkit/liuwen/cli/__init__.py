"""The command `liuwen`: one sub-command a file, each a thin mouth for what the package does.

Exit status: 0 fine, 1 the thing examined has faults, 2 it could not be examined (one clear sentence, no traceback).
"""

from liuwen.cli.command import main

__all__ = ["main"]
