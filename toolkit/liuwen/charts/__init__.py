"""Figures and tables to look at, live and static, which explorers and reports share."""

from liuwen.charts.page import page

__all__ = ["page"]
