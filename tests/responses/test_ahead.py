"""Work done ahead in threads comes in the order given, and ends with what asked for it."""

import threading
import time

import pytest

from liuwen.responses import read_responses
from liuwen.responses.ahead import worked_ahead


def test_results_come_in_the_order_given():
    """Also where a later one is ready first; few are worked on before they are asked for."""
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        time.sleep(0.01 if number == 0 else 0)
        return number * number

    made = worked_ahead(work, range(50))
    assert next(made) == (0, 0)
    assert len(begun) < 10
    assert list(made) == [(number, number * number) for number in range(1, 50)]


def test_a_failure_is_raised_in_its_place_and_leaves_no_thread():
    """Of the work, of what gives it, and of what asks for it."""
    before = threading.active_count()

    def failing(number: int) -> int:
        return 1 // (3 - number)

    def given():
        yield 0
        raise KeyboardInterrupt

    made = worked_ahead(failing, range(9))
    assert [next(made)[0] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ZeroDivisionError):
        next(made)
    with pytest.raises(KeyboardInterrupt):
        list(worked_ahead(failing, given()))
    unfinished = worked_ahead(failing, range(9))
    next(unfinished)
    unfinished.close()
    assert threading.active_count() == before


def test_thousands_are_read_as_one_by_one(visit, submission):
    """In their order, with what the parser reads among them, and what comes again much later counted once."""
    given = [submission(f"<village>{number}</village>", f"uuid:{number}") for number in range(2100)]
    given[5] = submission("<village>&amp;</village><odd>5</odd>", "uuid:5")
    given[2050] = submission("<village>2050</village><odd>2050</odd>", "uuid:2050")
    given[1500] = b"<data>"
    given += [given[7], given[8].replace(b">8<", b">eight<")]
    read = read_responses(given, visit)
    assert read.counts == {"given": 2102, "read": 2099, "rejected": 2, "again": 1, "replaced": 0}
    villages = [str(number) for number in range(2100) if number != 1500]
    villages[5] = "&"
    assert read.table["village"].tolist() == villages
    assert read.unknown["value"].tolist() == ["5", "2050"]
