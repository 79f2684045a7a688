"""ODK Central as a source, and as a place to publish to."""

from liuwen.sources.central.client import Central

__all__ = ["Central"]
