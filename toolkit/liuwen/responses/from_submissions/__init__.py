"""Submissions as XML, taken in or refused with a reason, and gathered into rows."""
