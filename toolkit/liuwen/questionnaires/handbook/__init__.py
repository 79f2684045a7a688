"""The visitor's handbook: four pages on how to introduce oneself, read, probe and not lead, and on what is difficult.

The pages are written in typst beside this file, one a language; what also stands on the phone's screen is taken from the bank, so
that the two cannot say different things.
"""

import json
from importlib.resources import files
from typing import Literal

from liuwen.printing.fonts import SERIF
from liuwen.questionnaires.asking import ASKING
from liuwen.questionnaires.household_interview import CORE
from liuwen.questionnaires.household_interview.visit import purpose
from liuwen.questionnaires.matters_raised import CONDUCT
from liuwen.questionnaires.minutes import interview_minutes


def handbook(language: Literal["zh", "en"] = "zh") -> bytes:
    """The handbook as a PDF of four A5 pages.

    Args:
        language: "zh" or "en".

    Returns:
        The PDF's bytes.

    >>> handbook("en")[:5]
    b'%PDF-'
    """
    import typst

    page = files(__package__).joinpath(f"handbook.{language}.typ").read_bytes()
    return typst.compile(page, sys_inputs={"said": json.dumps(_said(language), ensure_ascii=False)})


def _said(language: str) -> dict[str, object]:
    minutes = interview_minutes(CORE)
    return {
        "fonts": SERIF,
        "minutes": minutes,
        "purpose": purpose(CORE, minutes, 3)[language],
        "conduct": CONDUCT[language],
        **{way: texts[language] for way, texts in ASKING.items() if way},
    }
