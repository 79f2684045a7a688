"""Reading a programme's TOML: joined with what it extends, typed, and every fault found at once with its path and line."""

from liuwen.campaign.programmes.reading import PRESETS, ReadProgramme, read_programme

__all__ = ["PRESETS", "ReadProgramme", "read_programme"]
