"""The phone's own engine, JavaRosa, in a worker process: judge a form as ODK Validate does, and walk it as a phone does."""

from liuwen.engine.entities import Entity
from liuwen.engine.interview import Interview, interview
from liuwen.engine.phone import Device
from liuwen.engine.process import Engine, engine
from liuwen.engine.session import Question
from liuwen.engine.validation import Verdict, validate

__all__ = ["Device", "Engine", "Entity", "Interview", "Question", "Verdict", "engine", "interview", "validate"]
