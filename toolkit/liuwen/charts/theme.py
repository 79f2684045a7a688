"""How figures look: one font stack that has Chinese, one plotly template, and colours that everybody can tell apart.

Shares go from paper to deep blue in one hue, which colour-blind readers and grey printers see alike; what is withheld is grey.
"""

from typing import Any

FONTS = (
    '-apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", '
    '"Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif'
)
"""Fonts as CSS and plotly take them: the system's own Latin first, then each system's Chinese."""

INK, MUTED, RULE, PAPER, ACCENT = "#1f2933", "#5b6770", "#dfe4e8", "#ffffff", "#0e4c6a"
INTERVAL = "#a9cbdb"
WITHHELD, WITHHELD_INK = "#eceae6", "#625d55"

SCALE = ((0.0, "#f3f7f9"), (0.25, "#cadee9"), (0.5, "#86b6cc"), (0.75, "#3a7f9f"), (1.0, "#0e4c6a"))
"""Share of the highest share shown → colour."""
_AXIS = {"gridcolor": RULE, "linecolor": RULE, "zeroline": False, "ticks": "", "automargin": False, "fixedrange": True}
TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONTS, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"font": {"family": FONTS, "size": 13}, "bgcolor": PAPER, "bordercolor": MUTED, "align": "left"},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
}
"""The template of every plotly figure."""


def colour(part: float) -> str:
    """The colour at `part` (0 to 1) of the scale.

    >>> colour(0), colour(0.125), colour(1)
    ('#f3f7f9', '#deeaf1', '#0e4c6a')
    """
    part = min(max(part, 0.0), 1.0)
    above = next(number for number, (stop, _) in enumerate(SCALE) if part <= stop)
    (low, start), (high, end) = SCALE[max(above - 1, 0)], SCALE[above]
    along = (part - low) / (high - low) if high > low else 0.0
    return "#" + "".join(f"{round(a + (b - a) * along):02x}" for a, b in zip(_parts(start), _parts(end), strict=True))


def ink_on(background: str) -> str:
    """Black or white text, whichever stands out more on `background`; with pure black one of them always has 4.5 to 1.

    >>> ink_on("#f3f7f9"), ink_on("#0e4c6a")
    ('#000000', '#ffffff')
    """
    return max(("#000000", PAPER), key=lambda ink: contrast(ink, background))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _parts(hexadecimal: str) -> tuple[int, int, int]:
    return int(hexadecimal[1:3], 16), int(hexadecimal[3:5], 16), int(hexadecimal[5:7], 16)


def _luminance(hexadecimal: str) -> float:
    linear = [
        value / 12.92 if (value := part / 255) <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for part in _parts(hexadecimal)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
