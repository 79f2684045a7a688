"""Figures and tables, live and static, that explorers and reports share."""

from liuwen.charts.page import page

__all__ = ["page"]
