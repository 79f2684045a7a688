"""Entities: households and matters that forms create and update, with their history, following the ODK specification.

Implements the ODK entities specification (2022.1 to 2025.1) with the behaviour of ODK Central for the same sequence of
submissions: offline branches, the backlog of early submissions, soft and hard conflicts.
"""

from liuwen.store.entities.history import Entity, EntityVersion

__all__ = ["Entity", "EntityVersion"]
