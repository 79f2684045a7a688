"""Texts that a program on the way read in the wrong encoding are told; sound ones in any language are not."""

import json
from pathlib import Path

import pandas as pd
import pytest

from liuwen.form import Form, read_form
from liuwen.responses import Responses, read_responses

VILLAGES = ["湖滨村委会", "城关镇东门", "湖滨街道", "坡上的张家"]
NAMES = ["Zoé Müller", "Jürgen", "Ana Conceição", "Łukasz Ż"]


@pytest.fixture
def form() -> Form:
    rows = b"| | text | village | Village |\n| | text | remark | Remark |\n"
    return read_form(b"| survey |\n| | type | name | label |\n" + rows)


def read(form: Form, villages: list[str], remark: str = "ok") -> Responses:
    return read_responses(pd.DataFrame({"village": villages, "remark": remark}), form)


def notes(held: Responses) -> list[str]:
    return [each.in_language("en") for each in held.notes if "garbled" in each.en or "lost characters" in each.en]


@pytest.mark.parametrize(
    ("texts", "taken_for", "told"),
    [
        (VILLAGES, "cp1252", "Windows-1252"), (VILLAGES, "latin-1", "Windows-1252"), (VILLAGES, "gb18030", "GB 18030"),
        (NAMES, "cp1252", "Windows-1252"), (NAMES, "mac_roman", "Mac Roman"),
    ],
)  # fmt: skip
def test_text_that_was_taken_for_another_encoding(form, texts, taken_for, told):
    """The table holds what the file holds, and the note names the column and the encoding, not what somebody wrote."""
    garbled = [text.encode().decode(taken_for, "ignore") for text in texts]
    held = read(form, garbled)
    assert held.table["village"].tolist() == garbled
    (note,) = notes(held)
    assert told in note
    assert "(village)" in note
    assert not any(text in note for text in garbled)


@pytest.mark.parametrize(
    "texts",
    [
        [text.encode().decode("gb18030", "replace") for text in VILLAGES],
        [text.encode("ascii", "replace").decode() for text in VILLAGES],
        ["锟斤拷锟斤拷", "湖滨"],
    ],
)
def test_text_that_lost_characters(form, texts):
    """Question marks and other signs for what could not be written."""
    (note,) = notes(read(form, texts))
    assert "lost characters" in note
    assert "(village)" in note


@pytest.mark.parametrize(
    "texts",
    [
        VILLAGES, NAMES, ["Ã", "SÃO JOÃO", "À bientôt"], ["??", "why ??", "???", "湖滨"], ["«CAFÉ»", "«ÇÀ»", "RENÉ¿"],
        ["Ωμέγα", "Привет", "สวัสดี", "مرحبا"],
        ["联通", "学", "的", "湖滨??"], ["£5", "½", "25 °C"], ["", "a"],
    ],
)  # fmt: skip
def test_sound_text_in_any_language(form, texts):
    """Also short texts whose bytes happen to be UTF-8, and what people type."""
    assert not notes(read(form, texts))


def test_each_chinese_character_alone_is_sound(form):
    """All 6,763 of GB 2312: the bytes of some of them are UTF-8 too."""
    texts = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    assert not notes(read(form, [text for text in texts if text]))


def test_each_pair_of_frequent_characters_is_sound(form):
    """Two characters are four bytes, of which three may be one of UTF-8."""
    signs = "".join(VILLAGES) + "联通的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生"
    for first in signs:
        assert not notes(read(form, [first + second for second in signs]))


def test_headers(form, tmp_path: Path):
    """Labels of an export that was opened and saved elsewhere."""
    rows = [{"village": "a", "您的意见": "x"}]
    (tmp_path / "rows.json").write_text(json.dumps([{key.encode().decode("cp1252", "ignore"): v for key, v in rows[0].items()}]))
    (note,) = notes(read_responses(tmp_path / "rows.json", form))
    assert "(its headers)" in note
