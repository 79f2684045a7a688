"""Synthetic respondents, who answer through the phone's own engine, and what of a form they reach."""

from liuwen.simulate.coverage import Coverage, coverage
from liuwen.simulate.filling import Filled
from liuwen.simulate.simulating import filled, simulate, submissions

__all__ = ["Coverage", "Filled", "coverage", "filled", "simulate", "submissions"]
