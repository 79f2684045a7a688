"""How an explorer shows itself in a notebook: a static view for readers without a kernel, and the live one in its place."""

from importlib.resources import files
from typing import Any

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def publish_twins(explorer: Any, static: str) -> None:
    """Publish the static view first; the live one, where it runs, hides it."""
    from IPython.display import publish_display_data

    publish: Any = publish_display_data
    hiding = files("liuwen.explorers").joinpath("assets/twins.css").read_text(encoding="utf-8")
    publish({"text/html": f"<style>{hiding}</style>{static}", "text/plain": repr(explorer)})
    live = {_WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": explorer.model_id}, "text/plain": repr(explorer)}
    publish(live)
