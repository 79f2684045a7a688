"""What `simulate` makes with JavaRosa, ODK Web Forms' own engine accepts as well: another program, another XPath, other people's.

The engine is the one in the browser form that liuwen brings, run in Chromium. It takes each submission up as a saved one,
works out relevance, calculations and choices afresh, judges every answer, and writes the submission again.
"""

# a form written as a table is as wide as it is

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Page, Route, sync_playwright

from liuwen.engine import interview
from liuwen.form import Form, Sheet, read_form
from liuwen.questionnaires import household_appraisal, household_interview, satisfaction_survey
from liuwen.questionnaires.town import made_up_town
from liuwen.simulation import submissions
from liuwen.simulation.visits import CHINA
from liuwen.webform import bundle_path

pytestmark = pytest.mark.browser

DAY = date(2025, 4, 8)
EVENING = datetime(2025, 4, 8, 20, 0, tzinfo=CHINA)
JUDGE = "async ([form, submissions]) => (await import('./second_engine.mjs')).judge(form, submissions)"
CITIES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": name, "geometry": {"type": "Point", "coordinates": at}, "properties": {"title": name}}
        for name, at in {"huzhou": [120.1, 30.9], "anji": [119.7, 30.6]}.items()
    ],
}

KINDS = """
| survey |
| | type | name | label | required | relevant | constraint | calculation | repeat_count | parameters |
| | start | start | | | | | | | |
| | end | end | | | | | | | |
| | today | day | | | | | | | |
| | text | remark | Remark | | | | | | |
| | integer | people | People | yes | | . >= 1 and . <= 4 | | | |
| | decimal | land | Land | | | . < 10 | | | |
| | range | worth | Worth | | | | | | start=0 end=5 step=0.5 |
| | date | built | Built | | | . < today() | | | |
| | time | rises | Rises | | | | | | |
| | dateTime | seen | Seen | | | . <= now() | | | |
| | select_one yn | well | Well | | | | | | |
| | select_multiple thing | things | Things | | ${well} = 'yes' | not(selected(., 'none')) or count-selected(.) = 1 | | | |
| | rank thing | wishes | Wishes | | | | | | |
| | geopoint | point | Point | yes | | | | | |
| | geotrace | trace | Trace | yes | | | | | |
| | geoshape | shape | Shape | yes | | | | | |
| | image | photo | Photo | | | | | | |
| | audio | song | Song | | | | | | |
| | file | paper | Paper | | | | | | |
| | barcode | code | Code | | | | | | |
| | acknowledge | seen_it | Seen it | | | | | | |
| | note | sum | ${total} | | | | | | |
| | calculate | total | | | | | ${people} + ${land} | | |
| | begin repeat | person | Person | | | | | ${people} | |
| | integer | age | Age | yes | | . >= 0 and . < 100 | | | |
| | text | school | School | | ${age} < 16 | | | | |
| | end repeat | | | | | | | | |
| | begin repeat | animal | Animal | | | | | | |
| | text | kind | Kind | | | | | | |
| | end repeat | | | | | | | | |
| | calculate | ages | | | | | sum(${age}) | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | thing | cart | Cart |
| | thing | boat | Boat |
| | thing | none | None |
| settings |
| | form_title | form_id | version |
| | Kinds | kinds | 1 |
"""

QUESTIONNAIRES: dict[str, Callable[[], Form]] = {
    "household_interview": lambda: household_interview(made_up_town(6)),
    "household_interview without appraisal": lambda: household_interview(appraisal="separate"),
    "household_appraisal": household_appraisal,
    "satisfaction_survey": satisfaction_survey,
    "all kinds of questions": lambda: read_form(KINDS.encode()),
}

CORPUS = """
getodk__web-forms/whova_form.xlsx
getodk__web-forms/all-question-types-v2024091201-3.xlsx
getodk__web-forms/socio-economic-survey-v20240515.xlsx
getodk__pyodk/simple_repeat.xlsx
getodk__pyodk/fav_color.xlsx
unhcr-americas__XlsFormUtil/KoBoXLSFormExamples.xlsx
BLSQ__iaso/form_1.xlsx
BLSQ__iaso/form_2.xlsx
BLSQ__iaso/edit_existing_submission_xlsform.xlsx
BLSQ__iaso/default_forms_for_other_level_than_health_facility.xlsx
BLSQ__iaso/odk_instance_repeat_group_form.xlsx
XLSForm__pyxform/xlsform_spec_test.xlsx
XLSForm__pyxform/widgets.xls
XLSForm__pyxform/sms_info.xls
XLSForm__pyxform/tutorial.xls
XLSForm__pyxform/cascading_select_test_equivalent.xls
XLSForm__pyxform/table-list.xls
XLSForm__pyxform/repeat_date_test.xls
XLSForm__pyxform/loop.xls
onaio__onadata/grains.xlsx
onaio__onadata/subdistrict_profiling_tool.xlsx
onaio__onadata/form_with_multiple_select.xlsx
onaio__onadata/external_choice_form_v2.xlsx
onaio__onadata/tutorial.xlsx
onaio__onadata/childrens_survey_sw.xlsx
"""


@pytest.fixture(scope="module")
def web_forms(chromium: str) -> Iterator[Page]:
    """A blank page with the browser form's bundle at hand, in the evening of the visits."""
    files = {"webform.js": bundle_path(), "second_engine.mjs": Path(__file__).with_name("second_engine.mjs")}

    def give(route: Route) -> None:
        found = files.get(route.request.url.rpartition("/")[2])
        route.fulfill(path=found, content_type="text/javascript") if found else route.fulfill(body="", content_type="text/html")

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=flags) as browser:
        page = browser.new_context(timezone_id="Etc/GMT-8").new_page()  # the simulated phones' clock, without summer time
        page.route("**/*", give)
        page.clock.set_fixed_time(EVENING)
        page.goto("http://web-forms.invalid/")
        yield page


class Rules:
    """What a form's XForm says of its nodes, for telling a disagreement from a difference that both projects know of."""

    def __init__(self, xform: str) -> None:
        root = etree.fromstring(xform.encode())
        self._binds = {bind.get("nodeset"): bind for bind in root.iter("{*}bind")}
        self._asked = {control.get("ref") for control in root.find("{*}body").iter() if control.get("ref")}

    def is_file(self, path: str) -> bool:
        return self._of(path).get("type") == "binary"

    def bars(self, path: str, condition: str) -> bool:
        """Whether a violation keeps anyone from going on: nobody can answer a required calculation, which is not asked."""
        return condition != "required" or unpositioned(path) in self._asked

    def same(self, path: str, said: str | None, again: str | None) -> bool:
        """Whether two values are one answer; `None` is a question that was not asked."""
        if said is None or again is None or said == again:
            return said == again
        bind = self._of(path)
        if bind.get("{http://openrosa.org/javarosa}preloadParams") == "end":
            return True  # stamped whenever a submission is sent
        if bind.get("type") in {"geotrace", "geoshape"}:
            return said.replace("; ", ";") == again  # JavaRosa writes a space that Web Forms does not
        return bind.get("calculate") is not None and self._calculated(said, again)

    def _calculated(self, said: str, again: str) -> bool:
        """Where phones write what JavaRosa writes, whatever XPath 1.0 or Web Forms say."""
        known = {
            ("", "NaN"),  # a sum with a blank: getodk/web-forms#383, getodk/javarosa#822
            (f"{again}T00:00:00.000+08:00", again),  # a date kept as text: getodk/javarosa#226
            ("[itext:]", ""),  # the wording of nothing, which the specification leaves open
        }
        return (said, again) in known or is_near(said, again)  # Web Forms divides milliseconds into days

    def _of(self, path: str) -> Any:
        return self._binds.get(unpositioned(path), {})


def disagreements(page: Page, form: Form, made: list[bytes]) -> list[str]:
    """What the engine of ODK Web Forms holds against submissions of a form; nothing when both engines are at one."""
    xform = form.to_xform()
    rules = Rules(xform)
    answers = [values(xml) for xml in made]
    files = [[value for path, value in said.items() if value and rules.is_file(path)] for said in answers]
    media = {name: base64.b64encode(content).decode() for name, content in form.media.items()}
    handed = [{"xml": xml.decode(), "files": names} for xml, names in zip(made, files, strict=True)]
    judged: Any = page.evaluate(JUDGE, [{"xml": xform, "media": media}, handed])
    if isinstance(judged, dict):
        return [f"the form is refused: {judged['refused']}"]
    return [f"{number}: {fault}" for number, one in enumerate(judged) for fault in faults(rules, answers[number], one)]


def faults(rules: Rules, said: dict[str, str], judged: dict[str, Any]) -> Iterator[str]:
    if "refused" in judged:
        yield f"refused: {judged['refused']}"
        return
    yield from (f"{path} is against its {condition}" for path, condition in judged["violations"] if rules.bars(path, condition))
    yield from (f"{path} is no choice there: {value}" for path, value in judged["unoffered"])
    again = values(judged["xml"].encode())
    for path in sorted(said.keys() | again.keys()):
        if not rules.same(path, said.get(path), again.get(path)):
            yield f"{path}: {said.get(path)!r} becomes {again.get(path)!r}"


def values(xml: bytes) -> dict[str, str]:
    """Every leaf's text and every attribute of a submission, by path with positions."""
    found: dict[str, str] = {}

    def gather(element: Any, path: str) -> None:
        children = element.xpath("*")
        found.update({f"{path}/@{name}": value for name, value in element.attrib.items() if not name.startswith("{")})
        if not children:
            found[path] = element.text or ""
        counted: Counter[str] = Counter()
        for child in children:
            name = etree.QName(child).localname
            counted[name] += 1
            gather(child, f"{path}/{name}[{counted[name]}]")

    root = etree.fromstring(xml)
    gather(root, f"/{etree.QName(root).localname}")
    return found


def is_near(said: str, again: str) -> bool:
    """Whether both are numbers that only the last digits tell apart."""
    both = [re.fullmatch(r"-?\d+(\.\d+)?", value) for value in (said, again)]
    return all(both) and abs(float(said) - float(again)) < 1e-6


def unpositioned(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_simulated_answers_to_our_questionnaires_are_accepted(web_forms: Page, name: str) -> None:
    """Whoever answers, however carelessly or sparingly, the two engines are at one about every answer."""
    form = QUESTIONNAIRES[name]()

    @settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(st.integers(0, 2**32 - 1), st.sampled_from([0.03, 0.5]), st.sampled_from([0.15, 1.0]))
    def accepted(seed: int, blanks: float, perfunctory: float) -> None:
        made = submissions(form, 4, seed=seed, period=(DAY, DAY), visitors=2, blanks=blanks, perfunctory=perfunctory)
        assert disagreements(web_forms, form, made) == []

    accepted()


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPUS.split())
def test_simulated_answers_to_corpus_forms_are_accepted(web_forms: Page, corpus: Path, name: str) -> None:
    """Every question type, cascades, nested and counted repeats, and the habits of many authors."""
    form = read_form(corpus / "forms" / name)
    form = replace(form, media={"cities.geojson": json.dumps(CITIES).encode()})
    assert disagreements(web_forms, form, submissions(form, 4, seed=5, period=(DAY, DAY))) == []


WELLS = """
| survey |
| | type | name | label | required | relevant | constraint | calculation | choice_filter |
| | select_one yn | wells | Wells? | yes | | | | |
| | integer | count | How many? | yes | ${wells} = 'yes' | . > 0 and . < 9 | | |
| | calculate | double | | | ${wells} = 'yes' | | ${count} * 2 | |
| | select_one town | town | Town | yes | | | | |
| | select_one village | village | Village | yes | | | | town = ${town} |
| choices |
| | list_name | name | label | town |
| | yn | yes | Yes | |
| | yn | no | No | |
| | town | east | East | |
| | town | west | West | |
| | village | e1 | E1 | east |
| | village | w1 | W1 | west |
| settings |
| | form_title | form_id | version |
| | Wells | wells | 1 |
"""


@pytest.mark.parametrize(
    ("honest", "forged", "found"),
    [
        ("<count>5<", "<count>5<", []),
        ("<count>5<", "<count>9<", ["count is against its constraint", "double: '10' becomes '18'"]),
        ("<count>5</count>", "<count/>", ["count is against its required", "double: '10' becomes 'NaN'"]),
        ("<count>5</count>", "", ["count is against its required", "count: None becomes ''", "double: '10' becomes 'NaN'"]),
        ("<double>10<", "<double>11<", ["double: '11' becomes '10'"]),
        ("<wells>yes<", "<wells>no<", ["count: '5' becomes None", "double: '10' becomes None"]),
        ("<village>e1<", "<village>w1<", ["village: 'w1' becomes ''"]),
        ("<village>e1<", "<village>nowhere<", ["village: 'nowhere' becomes ''"]),
        ('id="wells"', 'id="other"', ['refused: Invalid instance input. Expected instance id to be "wells", got: "other"']),
    ],
)
def test_a_forged_submission_is_not(web_forms: Page, honest: str, forged: str, found: list[str]) -> None:
    """The second engine is no rubber stamp: it names the broken rule, the needless answer, the wrong sum, the false choice."""
    form = read_form(WELLS.encode())
    [made] = submissions(form, 1, answers={"wells": "yes", "count": 5, "town": "east"}, period=(DAY, DAY))
    assert honest in made.decode()
    said = disagreements(web_forms, form, [made.decode().replace(honest, forged).encode()])
    assert [unpositioned(each).removeprefix("0: ").removeprefix("/data/") for each in said] == found


def test_a_repeat_that_is_counted_zero_times_is_where_phones_differ(web_forms: Page) -> None:
    """JavaRosa 5.1 asks it once all the same, Web Forms not at all (getodk/collect#6945)."""
    form = read_form(KINDS.replace(". >= 1 and", ". >= 0 and").encode())
    [made] = submissions(form, 1, answers={"people": 0, "age": 7, "school": "x"}, period=(DAY, DAY))
    said = disagreements(web_forms, form, [made])
    assert [unpositioned(each) for each in said] == [
        "0: /data/ages: '7' becomes 'NaN'",
        "0: /data/person/age: '7' becomes None",
        "0: /data/person/school: 'x' becomes None",
    ]


PATTERNS = r"""
[0-9]{11}
^[0-9]{11}$
^[0-9]{10}$|^[0-9]{13}$
[A-Za-z]
.*[A-Za-z].*
^\s+|\s+$
^[\p{L} .-]{2,}$
[\w-.]+@[\w\-.]+
\p{Lu}\p{Ll}*
[\p{Alpha}\p{Digit}]+
\P{L}+
[^\p{L}\s]+
\p{IsHan}{2}
(?i)abc
^(?i)yes|no$
(?!0{1,3}$)\d{1,3}
(?=.*[A-Z])(?=.*\d).{6,10}
\A\d+\z
\Qa.b\E
[]a-c]+
a}
\_\@\-
[\_\-\s]+
a*+b
(.)\1{2}
(?<day>\d\d)/\k<day>
[\u4e00-\u9fa5]{2,4}
\h\s
.{3}
""".strip().splitlines()
TEXTS = [
    "12345678901", "x12345678901", "1234567890", "ab", "ABC", "yes", "no", "Nope", "湖滨", "湖滨村A", "Zoé", "Ana-M.", "a@b.c",
    "a.b", "axb", "]a", "a}", "_@-", "_- ", "aab", "aaa", "007", "000", "Abcdef1", "07/07", " a", "a ", "\u00a0", "\u3000\u3000",
    "a1", "12 3", "É",
]  # fmt: skip


def test_patterns_fit_the_texts_that_they_fit_on_phones(web_forms: Page) -> None:
    """From end to end, and as Java reads them: JavaRosa's result for each pattern and text is that of the browser form."""
    asked = [["text", f"t{number}", "T", ""] for number in range(len(TEXTS))]
    fitted = [
        ["calculate", f"c{number}_{at}", "", f"string(regex(${{t{number}}}, '{pattern}'))"]
        for at, pattern in enumerate(PATTERNS)
        for number in range(len(TEXTS))
    ]
    form = Form((Sheet.of("survey", ["type", "name", "label", "calculation"], [*asked, *fitted]),))
    [made] = submissions(form, 1, answers={f"t{number}": text for number, text in enumerate(TEXTS)}, period=(DAY, DAY))
    assert disagreements(web_forms, form, [made]) == []
    results = [value for path, value in values(made).items() if re.search(r"/c\d+_\d+", path)]
    assert Counter(results).keys() == {"true", "false"}


EXPRESSIONS = r"""
${people} > 3
${people} > 3 and selected(${things}, 'cart')
not(${people} > 3)
if(${people} > 3, true(), false())
contains(${remark}, 'well')
${is_large} = 1
${is_large} = '1'
if(${is_large} = 1, 'large', 'small')
boolean-from-string('true')
1 = 1.0
'1' = '1.0'
${blank} = ''
${blank} > 0
concat('a', 1, true())
string(true())
${people} + 1
${people} div 3
-5 mod 3
round(2.345, 2)
coalesce(${blank}, ${people})
sum(${age})
max(${age})
min(${age})
count(${age})
count-non-empty(${age})
max(${blank}, 3)
min(3, ${blank}, 2)
join(' ', ${age})
count-selected(${things})
selected-at(${things}, 1)
selected-at(${things}, 9)
jr:choice-name(${well}, '${well}')
substr('abcdef', 1, 3)
string-length('湖滨😀')
format-date('2024-03-05', '%e %b %a %y %n')
decimal-date-time('2024-01-01T12:00:00.000+08:00')
date('2024-01-02') - date('2024-01-01')
digest('abc', 'SHA-256', 'hex')
""".strip().splitlines()


@pytest.mark.parametrize("ages", [(7, None, 30), (None, None, None)], ids=["one blank", "all blank"])
def test_expressions_give_what_they_give_on_phones(web_forms: Page, ages: tuple[int | None, ...]) -> None:
    """Truths are kept as 1 and 0, blanks of a repeat are neither added nor compared, and whatever asks for them agrees."""
    rows = [["integer", "people", "P", ""], ["text", "remark", "R", ""], ["text", "blank", "B", ""]]
    rows += [["select_one yn", "well", "W", ""], ["select_multiple thing", "things", "T", ""]]
    rows += [["calculate", "is_large", "", "${people} > 3"]]
    rows += [["begin repeat", "person", "P", ""], ["integer", "age", "A", ""], ["end repeat", "", "", ""]]
    rows += [["calculate", f"c{number}", "", each] for number, each in enumerate(EXPRESSIONS)]
    lists = [["yn", "yes", "Yes"], ["yn", "no", "No"], ["thing", "cart", "Cart"], ["thing", "boat", "Boat"]]
    survey = Sheet.of("survey", ["type", "name", "label", "calculation"], rows)
    form = Form((survey, Sheet.of("choices", ["list_name", "name", "label"], lists)))
    walk = interview(form, now=EVENING)
    for name, value in {"people": 4, "remark": "a well", "blank": None, "well": "yes", "things": ["cart", "boat"]}.items():
        walk.answer(name, value)
    for number, age in enumerate(ages, start=1):
        if number > 1:
            walk.add("person")
        walk.answer("age", age)
    assert disagreements(web_forms, form, [walk.finalise()]) == []
