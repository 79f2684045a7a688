"""Entities that a submission creates or updates, read from its XML."""

import pytest

from liuwen.engine.entities import WrittenEntity, entities_of

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><model><instance><data id="f"/></instance>
<bind nodeset="/data/family" entities:saveto="family_name"/>
<bind nodeset="/data/home/size" entities:saveto="people"/>
<bind nodeset="/data/plain"/>
<bind nodeset="/data/member/age" entities:saveto="people#age"/>
</model></h:head><h:body/></h:html>"""
BODY = "<family>王</family><plain>x</plain><home><size>4</size></home>"


def entity(attributes: str, label: str = "<label>王家</label>", dataset: str = "households") -> str:
    return f'<meta><entity dataset="{dataset}" id="e1" {attributes}>{label}</entity></meta>'


def written(meta: str, body: str = BODY) -> tuple[WrittenEntity, ...]:
    return entities_of(f'<data id="f">{body}{meta}</data>'.encode(), FORM)


@pytest.mark.parametrize(
    ("attributes", "action"),
    [
        ('create="1"', "create"),
        ('create="true"', "create"),
        ('create="TRUE"', "create"),
        ('create="true()"', "create"),
        ('update="1"', "update"),
        ('update="1" create="0"', "update"),
        ('create="1" update="false"', "create"),
        ('create="1" update="1"', "upsert"),
    ],
)
def test_action_follows_from_create_and_update(attributes: str, action: str) -> None:
    """Both together are an upsert; properties come from the binds, in groups of any depth."""
    assert written(entity(attributes)) == (
        WrittenEntity("households", "e1", action, "王家", {"family_name": "王", "people": "4"}),
    )


@pytest.mark.parametrize("attributes", ["", 'create=""', 'create="0"', 'create="false"', 'update="no"', 'create="yes"'])
def test_declaration_with_false_conditions_does_nothing(attributes: str) -> None:
    """The declaration is in the XML even if its conditions are false."""
    assert written(entity(attributes)) == ()


def test_a_submission_without_a_declaration_does_nothing() -> None:
    """Nor does a submission without meta."""
    assert written("<meta><instanceID>uuid:1</instanceID></meta>") == () == written("")


def test_a_blank_label_and_a_blank_answer_are_blank() -> None:
    """No default is invented."""
    (made,) = written(entity('create="1"', label=""), "<family/>")
    assert (made.label, made.properties) == ("", {"family_name": ""})


def test_each_repeat_instance_is_a_separate_entity() -> None:
    """In order; properties belong to the instance of the repeat, not to the household around it."""
    person = entity('create="1"', dataset="people")
    members = "".join(f"<member><age>{age}</age>{person}</member>" for age in (7, 70))
    made = written(entity('update="1"'), BODY + members)
    assert [(each.entity_list, each.action, dict(each.properties)) for each in made] == [
        ("people", "create", {"age": "7"}),
        ("people", "create", {"age": "70"}),
        ("households", "update", {"family_name": "王", "people": "4"}),
    ]


def test_answers_outside_the_declared_paths_are_not_properties() -> None:
    """The whole path must match: `size` outside its group is another question."""
    (made,) = written(entity('create="1"'), "<size>9</size><home><family>x</family></home>")
    assert made.properties == {}
