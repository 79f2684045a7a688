"""KoboToolbox as a source, and as a place to publish to."""

from liuwen.sources.kobo.client import Kobo

__all__ = ["Kobo"]
