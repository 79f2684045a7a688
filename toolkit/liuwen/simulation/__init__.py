"""Synthetic respondents, who answer through the engine of phones, and what of a form they can reach."""

from liuwen.simulation.coverage import Coverage, coverage
from liuwen.simulation.filling import Filled
from liuwen.simulation.simulating import filled, simulate, submissions

__all__ = ["Coverage", "Filled", "coverage", "filled", "simulate", "submissions"]
