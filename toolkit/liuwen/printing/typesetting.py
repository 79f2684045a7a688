"""A template of typst with its data as PDF: the same data gives the same bytes."""

import json
from collections.abc import Mapping
from typing import Any

from liuwen.messages import Language
from liuwen.printing.fonts import print_fonts, system_fonts


def printed(template: bytes, data: Mapping[str, Any], language: Language, day: int = 0) -> bytes:
    """A template with its data as PDF; the same data gives the same bytes.

    The PDF has no tags for screen readers, which made it eight times as large: the page's HTML is what they read.

    Args:
        template: The template, in typst; the data come as JSON in `sys.inputs.data`.
        data: What the template shows; language and fonts are added.
        language: The language.
        day: The day that the PDF says it was made on, as a number.

    Raises:
        CampaignError: No font of this machine has Chinese.
    """
    import typst

    fonts = print_fonts()
    named = {"lang": language, "fonts": {"title": fonts.title, "body": fonts.body, "heading": fonts.heading}}
    text = json.dumps({**named, **data}, ensure_ascii=False)
    compiler = typst.Compiler(font_paths=system_fonts())  # of this thread: a compiler makes one page at a time
    made = compiler.compile(
        input=template,
        format="pdf",
        sys_inputs={"data": text},
        timestamp=day * 86400,
        pdf_tags=False,
    )
    assert isinstance(made, bytes)
    return made
