"""A form on paper: numbered questions with boxes to tick and lines to write on, and each condition in words."""

from liuwen.paper.printing import print_form

__all__ = ["print_form"]
