"""Which fonts are printed with."""

import pytest

from liuwen.errors import CampaignError
from liuwen.printing.fonts import print_fonts


def test_without_a_chinese_font_one_sentence_says_so() -> None:
    """And office fonts come first where they are."""
    with pytest.raises(CampaignError):
        print_fonts(frozenset({"Arial"}))
    fonts = print_fonts(frozenset({"FZXiaoBiaoSong-B05S", "FangSong", "SimSun", "SimHei"}))
    assert (fonts.title[0], fonts.body[0], fonts.heading[0]) == ("FZXiaoBiaoSong-B05S", "FangSong", "SimHei")
