"""The output of a running server for each submission."""

from pathlib import Path

import pytest

from liuwen.cli.arrivals import ArrivalLog
from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.messages import use_language
from liuwen.store import Store
from liuwen.testing.phone import Phone


def test_each_submission_is_reported_once_and_counted(
    phone: Phone, store: Store, visit, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the form's title, the sender, and the total; earlier submissions are not reported."""
    phone.send(visit("uuid:before"))
    log = ArrivalLog(store)
    phone.send(visit("uuid:one"))
    phone.send(visit("uuid:two"))
    with use_language("en"):
        log.look()
        log.look()
    assert capsys.readouterr().out.splitlines() == ["Received: 入户走访, wang (2 in all)", "Received: 入户走访, wang (3 in all)"]
    assert log.new == 2


def test_edit_is_reported_and_not_counted(phone: Phone, store: Store, visit, capsys: pytest.CaptureFixture[str]) -> None:
    """An edit replaces the original and does not increase the count."""
    phone.send(visit("uuid:one"))
    log = ArrivalLog(store)
    phone.send(visit("uuid:again", village="柳湾", edits="uuid:one"))
    phone.send(visit("uuid:two"))
    with use_language("zh"):
        log.look()
    assert capsys.readouterr().out.splitlines() == ["已修改：入户走访，wang", "收到：入户走访，wang（共 2 份）"]
    assert log.new == 1


def test_sender_of_an_anonymous_answer_is_not_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not reported again on the next call, even if no other form has an answer yet."""
    form = build_form("quiet", zh="不记名", en="Unnamed", version="1", items=[b.text("what", zh="说吧", en="Say")])
    with Store(tmp_path / "quiet") as store:
        store.publish(form, anonymous=True)
        log = ArrivalLog(store)
        with use_language("en"):
            store.receive(b'<data id="quiet" version="1"><what>x</what></data>')
            log.look()
            log.look()
    assert capsys.readouterr().out == "Received: 不记名 (1 in all)\n"
    assert log.new == 1


def test_no_output_without_submissions(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """No line is printed."""
    log = ArrivalLog(store)
    log.look()
    assert (capsys.readouterr().out, log.new) == ("", 0)
