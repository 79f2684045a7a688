"""Forms that hang, bloat or crash the engine: time and memory are limited, and the caller is not affected."""

# ruff: noqa: E501  # XML on long lines

import resource
from pathlib import Path

import pytest

from liuwen.engine import engine, interview, validate
from liuwen.errors import EngineError, LiuwenError

XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>t</h:title><model><instance><data id="t">{nodes}</data></instance>{model}</model></h:head><h:body>{body}</h:body></h:html>"""
QUESTION = '<input ref="/data/a"><label>A</label></input>'


def xform(nodes="<a/>", model='<bind nodeset="/data/a" type="string"/>', body=QUESTION):
    return XFORM.format(nodes=nodes, model=model, body=body)


@pytest.fixture(autouse=True)
def engine_unharmed():
    """After each test the shared engine answers, and this process has not grown."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert validate(xform()).ok
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700_000


def endless_repeat(count):
    return xform(
        f"<n>{count}</n><r><a/></r>",
        '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/r/a" type="string"/>',
        '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"><label>A</label>'
        "</input></repeat></group>",
    )


def test_an_endless_repeat_is_stopped():
    """Two billion instances are not created; the timeout is kept, and the interview stays at its position."""
    walk = interview(endless_repeat(2_000_000_000), timeout=3)
    assert walk.question.path == "r[1]/a"
    with pytest.raises(EngineError, match="3 s"):
        walk.finalise()
    assert walk.question.path == "r[1]/a"


def test_deep_nesting_is_refused_or_handled():
    """Groups and expressions nested over a thousand deep give a verdict or one sentence."""
    deep = 1_500
    nodes = "".join(f"<g{n}>" for n in range(deep)) + "<a/>" + "".join(f"</g{n}>" for n in reversed(range(deep)))
    parentheses = "(" * deep + "1" + ")" * deep
    for form in (
        xform(nodes, body="<group>" * deep + "<label>x</label>" + "</group>" * deep),
        xform(model=f'<bind nodeset="/data/a" calculate="{parentheses}"/>'),
        xform(model=f'<bind nodeset="/data/a" relevant="{"not(" * deep}1{")" * deep}"/>'),
    ):
        try:
            verdict = validate(form, timeout=20)
        except EngineError as refused:
            assert "\tat " not in str(refused)
        else:
            assert "\tat " not in " ".join(verdict.errors)


@pytest.mark.slow
def test_hundred_megabyte_list_stays_within_limits():
    """It is validated, or refused with a sentence about memory or time."""
    rows = "name,label\n" + "\n".join(f"v{n},{'村' * 12}{n}" for n in range(1_500_000))
    select = (
        '<select1 ref="/data/a"><label>A</label><itemset nodeset="instance(\'v\')/root/item"><value ref="name"/>'
        '<label ref="label"/></itemset></select1>'
    )
    form = xform(model='<instance id="v" src="jr://file-csv/v.csv"/><bind nodeset="/data/a" type="string"/>', body=select)
    with pytest.raises(EngineError, match=r"memory|10 s"):
        validate(form, {"v.csv": rows.encode()}, timeout=10)


def test_catastrophic_regular_expression_is_stopped():
    """A regular expression with catastrophic backtracking on an answer is stopped in time."""
    form = xform(model=r"""<bind nodeset="/data/a" type="string" constraint="regex(., '(a*)*\1b')"/>""")
    walk = interview(form)
    with pytest.raises(EngineError):
        engine().call(_answer_slowly, form, timeout=2)
    assert walk.question.name == "a"


def _answer_slowly(form):
    from liuwen.engine.formwalk import FormWalk

    walk = FormWalk(form)
    walk.step()
    return walk.answer(walk.item(walk.prompt()), "a" * 60)


@pytest.mark.parametrize(
    "form",
    [
        "",
        "\x00\x01",
        "<a/>",
        "<h:html xmlns:h='x'/>",
        xform()[:300],
        xform(nodes=""),
        xform(body=""),
        xform(model="<bind nodeset='/data/a' type='nonsense'/>"),
        xform(model="<bind nodeset='///'/>"),
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + "c" * 1000 + '">]><a>' + "&b;" * 1000 + "</a>",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "\ud800",
    ],
    ids=range(12),
)
def test_any_text_gives_a_verdict_or_a_sentence(form):
    """The result is a verdict of ODK Validate or one sentence, and no file of the machine is disclosed."""
    try:
        said = " ".join((verdict := validate(form, timeout=20)).errors + verdict.warnings)
    except EngineError as refused:
        said = str(refused)
    assert "root:" not in said
    assert "Cannot invoke" not in said
    assert "org.javarosa" not in said
    try:
        interview(form)
    except LiuwenError as refused:
        assert "org.javarosa" not in str(refused)


def test_media_names_cannot_escape_their_folder():
    """A file named `../../x` is written into the media folder."""
    assert validate(xform(), {"../../../../tmp/liuwen-escaped.csv": b"a", "..": b"b", "/etc/x": b"c"}).ok
    assert not Path("/tmp/liuwen-escaped.csv").exists()
