"""What a running server says of each submission."""

import pytest

from liuwen.cli.arrivals import ArrivalLog
from liuwen.messages import use_language
from liuwen.store import Store
from liuwen.testing.phone import Phone


def test_each_arrival_is_said_once_and_counted(phone: Phone, store: Store, visit, capsys: pytest.CaptureFixture[str]) -> None:
    """By the form's title and who sent it, with how many there are in all; what came before is not said."""
    phone.send(visit("uuid:before"))
    log = ArrivalLog(store)
    phone.send(visit("uuid:one"))
    phone.send(visit("uuid:two"))
    with use_language("en"):
        log.look()
        log.look()
    assert capsys.readouterr().out.splitlines() == ["Received: 入户走访, wang (2 in all)", "Received: 入户走访, wang (3 in all)"]
    assert log.new == 2


def test_a_correction_is_said_and_is_none_more(phone: Phone, store: Store, visit, capsys: pytest.CaptureFixture[str]) -> None:
    """It takes the place of what was sent before."""
    phone.send(visit("uuid:one"))
    log = ArrivalLog(store)
    phone.send(visit("uuid:again", village="柳湾", edits="uuid:one"))
    phone.send(visit("uuid:two"))
    with use_language("zh"):
        log.look()
    assert capsys.readouterr().out.splitlines() == ["已修改：入户走访，wang", "收到：入户走访，wang（共 2 份）"]
    assert log.new == 1


def test_who_sent_an_anonymous_answer_is_not_said(tmp_path, visit_form, visit, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no name to say."""
    with Store(tmp_path / "quiet") as store:
        store.publish(visit_form(), anonymous=True)
        log = ArrivalLog(store)
        store.receive(visit("uuid:one"))
        with use_language("en"):
            log.look()
    assert capsys.readouterr().out == "Received: 入户走访 (1 in all)\n"


def test_nothing_is_said_where_nothing_came(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """A look costs no line."""
    log = ArrivalLog(store)
    log.look()
    assert (capsys.readouterr().out, log.new) == ("", 0)
