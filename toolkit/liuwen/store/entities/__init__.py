"""Entities: households and matters that forms create and update, kept with their history, as the ODK specification says.

Written from the ODK entities specification (2022.1 to 2025.1) and the behaviour of ODK Central, whose outcome for the same
sequence of submissions it gives: offline branches, the backlog of those that come too early, soft and hard conflicts.
"""

from liuwen.store.entities.history import Entity, EntityVersion

__all__ = ["Entity", "EntityVersion"]
