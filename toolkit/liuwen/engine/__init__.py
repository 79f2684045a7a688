"""The phone's own engine, JavaRosa, in a worker process: judge a form as ODK Validate does, and walk it as a phone does."""

from liuwen.engine.process import Engine, engine
from liuwen.engine.validation import Verdict, validate

__all__ = ["Engine", "Verdict", "engine", "validate"]
