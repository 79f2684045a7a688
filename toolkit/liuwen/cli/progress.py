"""Progress bars, shown on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from liuwen.messages import Sentence


@contextmanager
def bar(what: Sentence, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar over `total` steps; call the result with the number of completed steps."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(str(what), total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def working(what: Sentence) -> Iterator[None]:
    """A spinner for a task of unknown length; without a terminal, one line."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(str(what)):
            yield
    else:
        console.print(str(what))
        yield
