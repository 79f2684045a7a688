"""Progress bars: shown on a terminal, silent elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from liuwen.messages import Sentence


@contextmanager
def bar(what: Sentence, total: int) -> Iterator[Callable[[int], None]]:
    """A bar over `total` steps; call what it gives with the number done so far."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(str(what), total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def working(what: Sentence) -> Iterator[None]:
    """A spinner while something of unknown length is done; on anything but a terminal, a line."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(str(what)):
            yield
    else:
        console.print(str(what))
        yield
