"""KoboToolbox as a source, and as a server to deploy on."""

from liuwen.sources.kobo.client import Kobo

__all__ = ["Kobo"]
