"""Open answers: words and codes by village, worked by hand; nothing of few households; coders' agreement; quotes."""

import math

import pandas as pd
import pytest

import liuwen as lw
from liuwen.analysis import CodeFrame, krippendorff_alpha, quotes
from liuwen.analysis.tokens import words_of
from liuwen.errors import AnswerError
from liuwen.form import builder as b

VILLAGES = b.choices("villages", ("houshan", "后山村", "Houshan"), ("east", "东村", "East"), ("west", "西村", "West"))


def asking(**wish):
    items = [
        b.select_one("village", VILLAGES, zh="哪个村？", en="Which village?"),
        b.text("wish", zh="有什么建议？", en="What do you suggest?", **wish),
    ]
    return b.build_form("visit", zh="走访", en="Visit", version="1", items=items)


def said(**by_village):
    """Village → answer → how many households gave it."""
    rows = [(village, text) for village, texts in by_village.items() for text, count in texts.items() for _ in range(count)]
    return pd.DataFrame(rows, columns=["village", "wish"])


@pytest.fixture(scope="module")
def answers():
    """East and west of 20 households, Houshan of 20; only west speaks of water, 3 of east of a clinic."""
    return said(
        houshan={"希望后山村修路": 10, "": 10},
        east={"修路，修路！": 12, "看病难，建卫生室": 3, "": 5},
        west={"修路": 10, "通自来水": 8, "": 2},
    )


def test_chinese_is_cut_into_words_and_places_stay_whole():
    """Stop words, numbers and punctuation are left out; English in small letters."""
    assert words_of(pd.Series(["我们希望后山村尽快修路！！"]), ["后山村"])[0].split() == ["修路", "后山村"]
    assert words_of(pd.Series(["The Clinic is closed, call 13800000000"]))[0] == "call clinic closed"
    assert words_of(pd.Series(["路灯"]), stop=["路灯"])[0] == ""


def test_words_by_village_by_hand(answers):
    """修路: 12 of 20, said in 3 of 3 villages, so that its TF-IDF is its share; 自来水: 8 of 20 in one of 3."""
    found = lw.words(answers, "wish", form=asking(), language="en").set_index(["village", "word"])
    assert found.loc[("east", "修路"), ["asked", "count", "share"]].tolist() == [20, 12, 0.6]
    assert found.loc[("east", "修路"), "tfidf"] == pytest.approx(0.6 * (math.log(4 / 4) + 1))
    assert found.loc[("west", "自来水"), "tfidf"] == pytest.approx(0.4 * (math.log(4 / 2) + 1))
    assert found.loc[("west", "自来水"), "rank"] == 1
    assert found.loc[("houshan", "后山村"), "count"] == 10
    assert found["village_label"].tolist()[0] == "Houshan"


def test_a_word_of_few_households_is_not_listed(answers):
    """Three households of east want a clinic: the word is nowhere, and is counted among the withheld."""
    found = lw.words(answers, "wish", form=asking())
    assert not found["word"].str.contains("卫生|看病").any()
    assert lw.words(answers, "wish", form=asking(), minimum=1)["word"].str.contains("卫生").any()
    assert any(figure.isdigit() and int(figure) >= 2 for figure in found.attrs["withheld"].split())


def test_a_word_is_not_left_to_subtraction():
    """12 of west and 2 of east said 修路: with the total known, west's figure would give east's."""
    answers = said(east={"修路": 2, "": 28}, west={"修路": 12, "": 18}, houshan={"修路": 14, "": 16})
    found = lw.words(answers, "wish", form=asking()).dropna(subset="word")
    assert "east" not in found["village"].tolist()
    assert len(found) < 2


def test_a_village_too_small_to_show_says_so():
    """Four households, all of one mind: no word and no number asked."""
    found = lw.words(said(east={"修路": 4}, west={"修路": 30}, houshan={"修路": 30}), "wish", form=asking()).set_index("village")
    assert pd.isna(found.loc["east", "asked"])
    assert found.loc["east", "reason"] == "small group"
    assert pd.isna(found.loc["east", "word"])


def test_a_household_of_many_visits_counts_once(collected):
    """Fourteen visits to one household: one voice."""
    items = [b.text("hh_id", zh="户号", en="Number"), b.date("visit_date", zh="日期", en="Date"), b.text("wish", zh="?", en="?")]
    form = b.build_form("v", version="1", zh="访", en="Visit", items=items)
    rows = [{"hh_id": "7", "visit_date": f"2026-03-{day:02}", "wish": "修桥"} for day in range(1, 15)]
    rows += [{"hh_id": str(n), "visit_date": "2026-03-01", "wish": "修路" if n < 30 else ""} for n in range(20, 36)]
    found = lw.words(collected(form, rows), "wish", by=None)
    assert found["word"].tolist() == ["修路"]
    assert found["asked"].tolist() == [17]


def test_codes_of_a_code_frame_by_village(answers, tmp_path):
    """Written, read and applied: roads, water, and what no keyword finds."""
    path = tmp_path / "codes.csv"
    CodeFrame({"road": ("路", "桥"), "water": ("水",)}, {"road": "道路", "water": "饮水"}).write(path)
    assert CodeFrame.read(path) == CodeFrame({"road": ("路", "桥"), "water": ("水",)}, {"road": "道路", "water": "饮水"})
    found = lw.words(answers, "wish", codes=path, form=asking(), minimum=1).set_index(["village", "word"])
    assert found["count"].to_dict() == {
        ("houshan", "road"): 10,
        ("east", "road"): 12,
        ("east", "uncoded"): 3,
        ("west", "road"): 10,
        ("west", "water"): 8,
    }
    assert found.loc[("west", "water"), "label"] == "饮水"
    chinese = lw.words(answers, "wish", codes=path, form=asking(), minimum=1, language="zh")
    assert chinese.set_index("word").loc["uncoded", "label"] == "没有归入任何代码"


def test_uncoded_answers_do_not_tell_who_said_nothing():
    """An answer has a code or is uncoded: 30 asked less 20 and 8 would be the two of east without an answer."""
    silent = {"east": 2, "west": 12, "houshan": 12}
    answers = {village: {"修路": 20, "不知道呀": 8, "": count} for village, count in silent.items()}
    frame = CodeFrame({"road": ("路",)}, {})
    assert set(lw.words(said(**answers), "wish", codes=frame, form=asking())["word"]) == {"road"}
    answers["east"] = {"修路": 20, "不知道呀": 10}
    assert set(lw.words(said(**answers), "wish", codes=frame, form=asking())["word"]) == {"road", "uncoded"}


def test_a_code_frame_that_cannot_be_used_is_one_sentence(tmp_path):
    """Missing file, missing columns, a code twice, no keywords, a code with a space."""
    for number, (text, message) in enumerate({
        "code,words\na,b\n": "cannot be read",
        "code,keywords\na,x\na,y\n": "'a' cannot be used",
        "code,keywords\na,\n": "'a' has no keywords",
        "code,keywords\na b,x\n": "'a b' cannot be used",
        "code,keywords\nuncoded,x\n": "'uncoded' cannot be used",
    }.items()):  # fmt: skip
        path = tmp_path / f"{number}.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(AnswerError, match=message):
            CodeFrame.read(path)
    with pytest.raises(AnswerError, match="cannot be read"):
        CodeFrame.read(tmp_path / "none.csv")


def test_a_keyword_that_a_file_would_split_is_not_written(tmp_path):
    """It would be read back as two keywords, and code other answers."""
    with pytest.raises(AnswerError, match="'clean water' of code 'water'"):
        CodeFrame({"water": ("水", "clean water")}, {}).write(tmp_path / "codes.csv")
    assert not (tmp_path / "codes.csv").exists()


def test_krippendorff_s_own_examples():
    """Krippendorff (2011): two observers, 12 units, 1 - 23 * 6 / 448; four observers with missing data, 0.743."""
    two = pd.DataFrame({"a": list("aabbdcccedda"), "b": list("babbbccceddd")})
    assert krippendorff_alpha(two) == pytest.approx(1 - 23 * 6 / 448, abs=1e-12)
    four = pd.DataFrame([list(row) for row in ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")]).T
    assert krippendorff_alpha(four.replace(".", None)) == pytest.approx(0.743, abs=5e-4)


def test_agreement_at_its_ends():
    """Complete agreement is 1; one code for all tells nothing; one coder is an error."""
    assert krippendorff_alpha(pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"]})) == 1
    assert math.isnan(krippendorff_alpha(pd.DataFrame({"a": ["x", "x"], "b": ["x", "x"]})))
    with pytest.raises(AnswerError, match="coded by two people"):
        krippendorff_alpha(pd.DataFrame({"a": ["x", None], "b": [None, "y"]}))


def test_answers_are_quoted_only_where_the_question_allows(answers):
    """Not by default, and never of a question marked as sensitive."""
    for note in ("", "sensitive, quotable"):
        with pytest.raises(AnswerError, match="may not be quoted"):
            quotes(answers, "wish", form=asking(note=note))
    assert len(quotes(answers, "wish", form=asking(note="quotable"))) == 5


def test_a_quote_never_comes_with_a_small_place():
    """East has three households: no place for its words, nor for those of Houshan, which would tell its number by subtraction."""
    answers = said(east={"修水渠，电话13912345678": 3}, west={"修路": 30}, houshan={"修桥": 30})
    found = quotes(answers, "wish", by="village", form=asking(note="quotable")).set_index("quote")["village"]
    assert pd.isna(found["修水渠，电话…"])
    assert set(found.dropna()) == {"west"}
    assert quotes(answers, "wish", "路", by="village", form=asking(note="quotable"))["quote"].tolist() == ["修路"]


@pytest.mark.parametrize(
    "number",
    ["13800000000", "138.0000.0000", "138—0000—0000", "１３８００００００００", "一三八零零零零零零零零", "11010119900101123X"],
)
def test_numbers_of_people_are_left_out_of_quotes(number):
    """Telephones and identity numbers, however they are written; small numbers stay."""
    found = quotes(said(east={f"3 组修路，找我{number}": 5}), "wish", form=asking(note="quotable"))
    assert found["quote"].tolist() == ["3 组修路，找我…"]


def test_quotes_are_not_grouped_by_a_sensitive_question(answers):
    """The words would be joined to the answer."""
    items = [b.text("illness", zh="病", en="Illness", note="sensitive"), b.text("wish", zh="?", en="?", note="quotable")]
    form = b.build_form("v", version="1", zh="访", en="Visit", items=items)
    with pytest.raises(AnswerError, match="'illness' is a sensitive question"):
        quotes(answers.assign(illness="x"), "wish", by="illness", form=form)


def test_questions_that_are_not_text_are_one_sentence(answers):
    """A choice, an unknown question, nobody asked."""
    with pytest.raises(AnswerError, match="'village' is not answered in words"):
        lw.words(answers, "village", form=asking())
    with pytest.raises(AnswerError, match="no question named 'wishes'"):
        lw.words(answers, "wishes", form=asking())
    with pytest.raises(AnswerError, match="Nobody was asked"):
        lw.words(answers.assign(wish=pd.Series([None] * len(answers), dtype="string")), "wish", form=asking())
    with pytest.raises(AnswerError, match="no column 'town'"):
        lw.words(answers, "wish", by="town", form=asking())
