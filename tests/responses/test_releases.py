"""Releases: what was published is remembered, never overwritten, and moves in batches by place."""

import json
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import liuwen as lw
from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.responses import read_responses
from liuwen.responses.releases import ReleaseFolder

RATING = b.choices("rating", ("good", "好", "Good"), ("poor", "差", "Poor"))


@pytest.fixture(scope="module")
def form():
    secret = b.select_one("secret", RATING, zh="保密", en="Secret")
    asking = [b.text("village", zh="村", en="Village"), b.select_one("rating", RATING, zh="评价", en="Rating"),
              b.group("apart", zh="另存", en="Apart", unlinked=True, items=[secret])]  # fmt: skip
    return b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)


def xml(number, village, rating):
    meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
    held = f"<village>{village}</village><rating>{rating}</rating><apart><secret>{rating}</secret></apart>"
    return f'<data id="visit" version="1">{held}{meta}</data>'.encode()


def answers(form, sizes, *, poor=()):
    """So many of each village; the numbers in `poor` rate it poor."""
    made = [(f"{village}{number}", village) for village, size in sizes.items() for number in range(size)]
    return read_responses([xml(name, village, "poor" if name in poor else "good") for name, village in made], form)


def test_new_answers_join_where_enough_are_new_in_their_place(form, tmp_path):
    """One more in a and six more in b: a stays as it was, b moves, and a note says who waits."""
    answers(form, {"a": 20, "b": 20}).release("one", folder=tmp_path)
    found = answers(form, {"a": 21, "b": 26}).release("two", folder=tmp_path)
    assert found.table["village"].value_counts().to_dict() == {"b": 26, "a": 20}
    assert "1 of 47 answers wait" in found.notes[-1].en


def test_waiting_answers_join_a_later_release(form, tmp_path):
    """One, then four more: five together."""
    for name, size in (("one", 20), ("two", 21)):
        assert len(answers(form, {"a": size}).release(name, folder=tmp_path)) == 20
    assert len(answers(form, {"a": 25}).release("three", folder=tmp_path)) == 25


def test_the_same_name_gives_the_same_release_or_none(form, tmp_path):
    """Of the same answers in any order the same; of others one sentence, and the record stays."""
    once = answers(form, {"a": 20, "b": 9}).release("one", folder=tmp_path)
    kept = ReleaseFolder(tmp_path).read("visit")
    again = answers(form, {"b": 9, "a": 20}).release("one", folder=tmp_path)
    pd.testing.assert_frame_equal(once.table.sort_index(), again.table.sort_index())
    with pytest.raises(AnswerError, match="'one' was made of other answers"):
        answers(form, {"a": 21, "b": 9}).release("one", folder=tmp_path)
    assert ReleaseFolder(tmp_path).read("visit") == kept


def test_an_earlier_release_can_be_made_again_after_a_later_one(form, tmp_path):
    """The figures of July stay those of July."""
    july = answers(form, {"a": 20})
    shown = lw.shares(july.release("2026-07", folder=tmp_path), "rating")
    answers(form, {"a": 30}).release("2026-08", folder=tmp_path)
    pd.testing.assert_frame_equal(lw.shares(july.release("2026-07", folder=tmp_path), "rating"), shown)


def test_the_record_holds_no_answer_and_no_instance_id(form, tmp_path):
    """Fingerprints and places only."""
    answers(form, {"a": 20}, poor=("a1",)).release("one", folder=tmp_path)
    kept = ReleaseFolder(tmp_path).read("visit")
    assert "uuid" not in kept
    assert "poor" not in kept


def test_the_record_is_private_and_its_order_tells_nothing(form, tmp_path):
    """Fingerprints stand in their own order, not in that of the answers."""
    answers(form, {"a": 20, "b": 20}).release("one", folder=tmp_path)
    (file,) = tmp_path.iterdir()
    (release,) = json.loads(file.read_text(encoding="utf-8"))["releases"]
    assert file.stat().st_mode & 0o077 == 0
    assert list(release["came"]) == sorted(release["came"])
    assert release["apart"]["apart"] == sorted(release["apart"]["apart"])


def test_anonymous_answers_are_known_again_among_newcomers(form, tmp_path):
    """Only the submissions say that they are anonymous: their rows get other numbers, and are the same answers."""

    def of(size):
        made = [xml(number, "a", "good" if number % 2 else "poor") for number in range(size)]
        return read_responses([text.replace(b'<data id="visit"', b'<data anonymous="yes" id="visit"') for text in made], form)

    of(20).release("one", folder=tmp_path)
    second = of(30).release("two", folder=tmp_path)
    assert not len(second.published.gone[0])
    assert lw.shares(second, "rating")["asked"].tolist() == [30, 30]


def test_a_figure_is_withheld_where_its_difference_tells_the_answer_of_few(form, tmp_path):
    """Of ten newcomers two rate poor: shown in both releases the figure would tell that."""
    poor = [f"a{number}" for number in range(10)]
    first = answers(form, {"a": 40}, poor=poor).release("one", folder=tmp_path)
    second = answers(form, {"a": 50}, poor=[*poor, "a40", "a41"]).release("two", folder=tmp_path)
    assert lw.shares(first, "rating")["shown"].all()
    assert not lw.shares(second, "rating")["shown"].any()
    assert lw.shares(second, "rating")["asked"].tolist() == [50, 50]
    assert lw.shares(second.where(village="a"), "rating")["count"].isna().all()
    assert lw.shares(second, "rating", minimum=1)["shown"].all()


def test_a_figure_is_shown_where_enough_newcomers_stand_behind_it(form, tmp_path):
    """Ten newcomers, five and five."""
    poor = [f"a{number}" for number in range(10)]
    answers(form, {"a": 40}, poor=poor).release("one", folder=tmp_path)
    second = answers(form, {"a": 50}, poor=[*poor, *(f"a{number}" for number in range(40, 45))]).release("two", folder=tmp_path)
    assert lw.shares(second, "rating")["count"].tolist() == [35, 15]


def test_a_withheld_figure_stays_withheld_until_it_tells_nothing_of_what_it_was(form, tmp_path):
    """Village b was withheld as the cover of c; had it been shown with no newcomer, c would follow from the total."""
    answers(form, {"a": 30, "b": 20, "c": 3}).release("one", folder=tmp_path)
    second = answers(form, {"a": 36, "b": 20, "c": 3}).release("two", folder=tmp_path)
    asked = lw.shares(second, "rating", "village").groupby("village")["asked"].first()
    assert asked[["b", "c"]].isna().all()


def test_erased_answers_seal_what_they_may_have_been_in(form, tmp_path):
    """One of village a is erased: no figure of a, nor of all together, may move by one."""
    answers(form, {"a": 20, "b": 20}).release("one", folder=tmp_path)
    second = answers(form, {"a": 19, "b": 20}).release("two", folder=tmp_path)
    by = lw.shares(second, "rating", "village").groupby("village")["asked"].first()
    assert by.isna()["a"]
    assert lw.shares(second, "rating")["asked"].isna().all()


def asked_by_village(responses):
    return lw.shares(responses, "rating", "village").groupby("village")["asked"].first()


def test_an_erased_answer_cannot_be_computed_from_the_total_and_another_village(form, tmp_path):
    """One of a is erased while b grows by six: the total less b would be the 19 left in a."""
    answers(form, {"a": 20, "b": 20}).release("one", folder=tmp_path)
    second = answers(form, {"a": 19, "b": 26}).release("two", folder=tmp_path)
    assert len(second) == 45
    assert lw.shares(second, "rating")["asked"].isna().all() or asked_by_village(second)[["a", "b"]].isna().all()


def test_newcomers_do_not_show_what_an_erased_answer_was(form, tmp_path):
    """Ten newcomers, all good; one that rated poor is erased: 8 poor, then 7, would tell it."""
    poor = [f"a{number}" for number in range(12, 20)]
    answers(form, {"a": 20}, poor=poor).release("one", folder=tmp_path)
    newcomers = [xml(f"n{number}", "a", "good") for number in range(10)]
    kept = [xml(f"a{number}", "a", "poor" if f"a{number}" in poor else "good") for number in range(19)]
    second = read_responses(kept + newcomers, form).release("two", folder=tmp_path)
    assert len(second) == 29
    assert not lw.shares(second, "rating")["shown"].any()


def test_a_changed_answer_counts_once_towards_a_batch(form, tmp_path):
    """Two changed and two new are four households, not six: they wait. With three new, the base may not move by three."""
    poor = [f"a{number}" for number in range(8)]
    answers(form, {"a": 20}, poor=poor).release("one", folder=tmp_path)
    assert len(answers(form, {"a": 22}, poor=poor[2:]).release("two", folder=tmp_path)) == 18
    third = answers(form, {"a": 23}, poor=poor[2:]).release("three", folder=tmp_path)
    assert len(third) == 23
    assert lw.shares(third, "rating")["asked"].isna().all()
    assert third.codebook("en")[["asked", "answered"]].isna().all(axis=None)


def test_the_people_of_one_household_do_not_move_a_figure(tmp_path):
    """Six newcomers, one with six people: 46 people less 40 would tell what that household said of all of them."""
    people = b.repeat("member", zh="人", en="Member", items=[b.select_one("well", RATING, zh="好吗", en="Well?")])
    form = b.build_form("home", zh="家", en="Home", version="1", items=[b.text("village", zh="村", en="Village"), people])

    def homes(*sizes):
        made = ["".join(f"<member><well>{'poor' if home % 2 else 'good'}</well></member>" for _ in range(size))
                for home, size in enumerate(sizes)]  # fmt: skip
        meta = "<village>a</village>{}<meta><instanceID>uuid:{}</instanceID></meta>"
        texts = [f'<data id="home" version="1">{meta.format(held, home)}</data>' for home, held in enumerate(made)]
        return read_responses([text.encode() for text in texts], form)

    first = homes(*[2] * 20).release("one", folder=tmp_path)
    second = homes(*[2] * 20, 6, *[0] * 5).release("two", folder=tmp_path)
    assert lw.shares(first, "well")["shown"].all()
    assert len(second["member"]) == 46
    assert lw.shares(second, "well")["asked"].isna().all()


def test_unlinked_rows_move_in_batches(form, tmp_path):
    """Two more wait; five more are counted."""
    for name, size, counted in (("one", 20, 20), ("two", 22, 20), ("three", 25, 25)):
        assert len(answers(form, {"a": size}).release(name, folder=tmp_path)["apart"]) == counted


def test_the_codebook_of_a_release_differs_by_nobody_or_enough(form, tmp_path):
    """It is published too: 40 then 45 may be told, and no count that moved by fewer."""
    first = answers(form, {"a": 40}).release("one", folder=tmp_path).codebook("en")
    second = answers(form, {"a": 45}).release("two", folder=tmp_path).codebook("en")
    apart = (second["answered"] - first["answered"]).dropna()
    assert not apart.between(1, 4).any()


def test_answers_from_no_store_need_a_folder(form):
    """One sentence says so."""
    with pytest.raises(AnswerError, match="folder="):
        answers(form, {"a": 5}).release("one")


def test_a_release_needs_a_name(form, tmp_path):
    """A blank name is refused."""
    with pytest.raises(AnswerError, match="needs a name"):
        answers(form, {"a": 5}).release(" ", folder=tmp_path)


def test_a_damaged_record_is_refused(form, tmp_path):
    """Rather than begin again and forget what was published."""
    ReleaseFolder(tmp_path).write("visit", "", "{}")
    with pytest.raises(AnswerError, match="no record of releases"):
        answers(form, {"a": 5}).release("one", folder=tmp_path)


def test_a_store_remembers_its_releases(form, tmp_path):
    """In its database, which is backed up; nothing else lies beside it."""
    store = lw.Store(tmp_path / "town")
    store.publish(form)
    for number in range(20):
        store.receive(xml(number, "a", "good"))
    assert len(store.responses().release("one")) == 20
    store.receive(xml(20, "a", "poor"))
    assert len(lw.Store(tmp_path / "town").responses().release("two")) == 20
    with pytest.raises(AnswerError, match="other answers"):
        store.responses().release("one")


def test_forms_whose_names_differ_in_a_sign_have_records_of_their_own(tmp_path):
    """As files, both would be called a_b."""
    keeper = ReleaseFolder(tmp_path)
    assert keeper.write("a/b", "", "one") == "one"
    assert keeper.write("a:b", "", "two") == "two"
    assert keeper.read("a/b") == "one"


def test_of_two_that_write_at_once_only_the_first_counts(tmp_path):
    """Each has read the record before the other writes."""
    keepers = [ReleaseFolder(tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda pair: pair[1].write("visit", "", str(pair[0])), enumerate(keepers)))
    assert len({*kept}) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["visit.releases.json"]


def test_an_erased_row_of_a_section_goes_with_others(form, tmp_path):
    """Of 20, the one who rated poor is erased: four others go too, so that the missing answer could be any of five."""
    everybody = [(f"a{number}", "poor" if number == 3 else "good") for number in range(20)]
    shown = []
    for name, there in (("one", everybody), ("two", [each for each in everybody if each[0] != "a3"])):
        loaded = read_responses([xml(person, "a", rating) for person, rating in there], form)
        shown.append(loaded.release(name, folder=tmp_path)["apart"]["secret"].value_counts().to_dict())
    assert shown == [{"good": 19, "poor": 1}, {"good": 15, "poor": 0}]


def test_a_section_of_fewer_than_the_minimum_is_not_released(form, tmp_path):
    """Four rows would be four people's answers."""
    assert len(answers(form, {"a": 4}).release("one", folder=tmp_path)["apart"]) == 0
