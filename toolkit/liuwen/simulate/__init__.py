"""Synthetic respondents, who answer through the phone's own engine, and what of a form they reach."""

from liuwen.simulate.coverage import Coverage, coverage
from liuwen.simulate.simulating import simulate, submissions

__all__ = ["Coverage", "coverage", "simulate", "submissions"]
