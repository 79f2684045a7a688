"""What is raised where an expression has no value, or none that can be told from here."""


class UnknownError(Exception):
    """What was asked cannot be worked out: an answer is missing, or it depends on the phone (its clock, its time zone)."""


class MismatchError(UnknownError):
    """JavaRosa itself refuses: a text that is no date, two answers where one is wanted (its XPathTypeMismatchException)."""
