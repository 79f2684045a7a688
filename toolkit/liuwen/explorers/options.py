"""Options of a drop-down list that change while something is chosen."""

from typing import Any


def offer_options(control: Any, options: list[tuple[str, Any]]) -> None:
    """New options; what was chosen stays chosen where it is still there."""
    held = control.value
    if options and list(control.options) != options:
        control.options = options
        control.value = held if held in [value for _, value in options] else options[0][1]
