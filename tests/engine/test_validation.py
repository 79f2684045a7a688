"""The verdict of ODK Validate, without Java class names."""

from liuwen.engine import validate

XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>t</h:title><model><instance><data id="t"><a/><b/></data></instance>
<bind nodeset="/data/a" type="int" {bind}/><bind nodeset="/data/b" type="string"/></model></h:head>
<h:body><input ref="/data/a"><label>A</label></input>{body}</h:body></h:html>"""


def xform(bind="", body='<input ref="/data/b"><label>B</label></input>'):
    return XFORM.format(bind=bind, body=body)


def test_valid_form_has_no_errors():
    """A valid form has no errors and no warnings."""
    verdict = validate(xform(bind='constraint=". &lt; 120"'))
    assert verdict.ok
    assert verdict.warnings == ()


def test_a_broken_expression_is_reported():
    """XPath is parsed, and the message names the expression."""
    verdict = validate(xform(bind='relevant="/data/b &gt;"'))
    assert not verdict.ok
    assert any("/data/b" in error for error in verdict.errors)


def test_a_question_that_is_not_in_the_model_is_reported():
    """A body element must refer to a node of the instance."""
    assert any("/data/nowhere" in error for error in validate(xform(body='<input ref="/data/nowhere"/>')).errors)


def test_an_unknown_function_is_reported():
    """Expressions are evaluated, so a function that phones lack is found."""
    assert any("frobnicate" in error for error in validate(xform(bind='calculate="frobnicate(1)"')).errors)


def test_a_cycle_is_reported():
    """Calculations that depend on each other are refused."""
    errors = validate(xform(bind='calculate="/data/a + 1"')).errors
    assert any("ycle" in error or "self" in error for error in errors)


def test_broken_xml_is_reported():
    """Invalid XML is an error of the form, not of the engine."""
    assert not validate("<h:html>").ok
    assert not validate("").ok


def test_no_java_reaches_the_reader():
    """No error contains class names or stack traces."""
    forms = [xform(bind='relevant="/data/b &gt;"'), "<a", xform(bind='calculate="frobnicate(1)"'), xform(body="<group/>")]
    words = " ".join(error for form in forms for error in validate(form).errors)
    assert "org.javarosa" not in words
    assert "java.lang" not in words
    assert "\tat " not in words


def test_secondary_instance_is_read_from_media():
    """An external list is found among the media; a missing one is not an error, as in ODK Validate."""
    select = (
        '<select1 ref="/data/b"><label>B</label><itemset nodeset="instance(\'v\')/root/item">'
        '<value ref="name"/><label ref="label"/></itemset></select1>'
    )
    form = xform(body=select).replace("</instance>", '</instance><instance id="v" src="jr://file-csv/v.csv"/>', 1)
    assert validate(form, {"v.csv": b"name,label\nx,X\n"}).ok
    assert validate(form).ok
    blank = validate(form, {"v.csv": b"name,label\n,X\n"})
    assert any("Selection value is missing" in error for error in blank.errors)
