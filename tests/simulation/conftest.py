"""Forms that synthetic respondents answer."""

# ruff: noqa: E501  # a form written as a table is as wide as it is

import pytest

from liuwen.form import read_form

MARKET = """
| survey |
| | type | name | label | required | relevant | constraint | choice_filter | default | calculation | repeat_count |
| | start | start | | | | | | | | |
| | end | end | | | | | | | | |
| | deviceid | device | | | | | | | | |
| | username | user | | | | | | | | |
| | date | visited | Day | yes | | . <= today() | | today() | | |
| | select_one town | town | Town | yes | | | | | | |
| | select_one village | village | Village | yes | | | town = ${town} | | | |
| | select_one yn | consent | Agree? | yes | | | | | | |
| | begin group | asked | | | ${consent} = 'yes' | | | | | |
| | integer | age | Age | yes | | . > 17 and . < 96 | | | | |
| | date | moved | Moved here | yes | | . < ${visited} and . >= date('1950-01-01') | | | | |
| | decimal | land | Land | yes | | . >= 0.5 and . <= 2 | | | | |
| | select_multiple need | needs | Needs | yes | | count-selected(.) <= 3 and (count-selected(.) = 1 or not(selected(., 'none'))) | | | | |
| | text | which | Which? | yes | selected(${needs}, 'other') | | | | | |
| | select_one scale | roads | Roads | yes | | | | | | |
| | select_one scale | school | School | yes | | | | | | |
| | select_one scale | clinic | Clinic | yes | | | | | | |
| | text | code | Code | yes | | regex(., '^[A-F]{2}-[0-9]{3}$') | | | | |
| | integer | children | Children | yes | | . >= 0 and . <= 3 | | | | |
| | begin repeat | child | Child | | | | | | | ${children} |
| | integer | years | Years | yes | | . >= 0 and . < 18 | | | | |
| | end repeat | | | | | | | | | |
| | begin repeat | animal | Animal | | | | | | | |
| | text | kind | Kind | | | | | | | |
| | end repeat | | | | | | | | | |
| | end group | | | | | | | | | |
| choices |
| | list_name | name | label | town |
| | yn | yes | Yes | |
| | yn | no | No | |
| | town | east | East | |
| | town | west | West | |
| | village | e1 | E1 | east |
| | village | e2 | E2 | east |
| | village | w1 | W1 | west |
| | village | w2 | W2 | west |
| | need | road | Road | |
| | need | water | Water | |
| | need | school | School | |
| | need | care | Care | |
| | need | other | Other | |
| | need | none | None | |
| | scale | very_good | Very good | |
| | scale | good | Good | |
| | scale | fair | Fair | |
| | scale | poor | Poor | |
| | scale | very_poor | Very poor | |
| | scale | dont_know | Don't know | |
| settings |
| | form_title | form_id | version |
| | Market | market | 1 |
"""


@pytest.fixture(scope="session")
def market():
    """A form with every kind of rule that a simulation must obey."""
    return read_form(MARKET.encode())
