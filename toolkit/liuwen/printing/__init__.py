"""Templates of typst as PDF, and the fonts of this machine that they are printed with."""

from liuwen.printing.typesetting import printed

__all__ = ["printed"]
