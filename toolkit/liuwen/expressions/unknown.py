"""Exceptions for expressions that have no value, or whose value cannot be computed here."""


class UnknownError(Exception):
    """The value cannot be computed: an answer is missing, or it depends on the phone (its clock, its time zone)."""


class MismatchError(UnknownError):
    """JavaRosa refuses too: a text that is not a date, two answers where one is needed (its XPathTypeMismatchException)."""
