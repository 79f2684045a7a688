"""ODK Central as a source, and as a server to publish on."""

from liuwen.sources.central.client import Central

__all__ = ["Central"]
