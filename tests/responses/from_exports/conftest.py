"""Three visits as their XML tells them, and the same visits as other tools export them."""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from liuwen.form.model import Form
from liuwen.responses import MAIN, Responses, read_responses

FIRST = (
    "<village>湖滨</village><visit_date>2026-11-02</visit_date><place>30.5 120.25 4.0 12.5</place><consent>yes</consent>"
    "<difficulties><needs>road water</needs><people>4</people><income>1200.5</income></difficulties>"
    "<member><called>甲</called><illness><disease>a</disease></illness><illness><disease>b</disease></illness></member>"
    "<member><called>乙</called></member><appraisal><fair>yes</fair><why>they listen</why></appraisal>"
)
SECOND = "<village>城关</village><visit_date>2026-11-03</visit_date><place/><consent>no</consent>"
THIRD = (
    "<village>城关</village><visit_date>2026-11-04</visit_date><place/><consent>yes</consent>"
    "<difficulties><needs>school</needs><people/><income/></difficulties>"
    "<member><called>丙</called><illness><disease>c</disease></illness></member><appraisal><fair>no</fair><why/></appraisal>"
)
IDS = tuple(f"uuid:0000000{number}-0000-4000-8000-000000000000" for number in (1, 2, 3))


@pytest.fixture(scope="session")
def visits(visit, submission) -> Responses:
    return read_responses([submission(xml, key) for key, xml in zip(IDS, (FIRST, SECOND, THIRD), strict=True)], visit)


@pytest.fixture(scope="session")
def exported(visits, visit) -> Callable[..., dict[str, pd.DataFrame]]:
    """The visits as frames, in the dialect of one exporter or another."""

    def export(
        *, groups: str = "/", split: str = "", joined: bool = True, language: str = "", odk: bool = False
    ) -> dict[str, pd.DataFrame]:
        frames = {}
        for name in (MAIN, "member", "illness"):
            table = visits.labelled(language, name) if language else visits[name]
            columns = dict(_columns(visits, visit, name, table, groups, split, joined, language))
            frames[name] = pd.DataFrame({**columns, **_links(visits, name, odk=odk)})
        appraisal = pd.DataFrame({"fair": ["yes", None, "no"], "why": ["they listen", None, None]})
        frames[MAIN] = frames[MAIN].assign(
            **{f"appraisal{groups}{head}" if groups else head: appraisal[head] for head in appraisal}
        )
        return frames

    return export


def _columns(visits, form: Form, name, table, groups, split, joined, language) -> Iterator[tuple[str, object]]:  # noqa: PLR0917
    for column in visits.plan.tables[name].columns:
        path = column.element.path[len(column.element.repeats) :] if name != MAIN else column.element.path
        head = groups.join(path) if groups else path[-1]
        if column.kind == "geopoint":
            parts = [table[part] for part in column.heads]
            yield head, [None if pd.isna(point[0]) else " ".join(map(str, point)) for point in zip(*parts, strict=True)]
            for part, values in zip(("latitude", "longitude", "altitude", "precision"), parts, strict=True):
                yield f"_{head}_{part}", values.to_list()
            continue
        if column.kind != "choices" or joined:
            yield head, [None if pd.isna(value) else value for value in table[column.name]]
        if column.kind == "choices" and split:
            selected = visits.selected(column.name)
            for choice in selected:
                label = form.choice_lists["needs"].labels(language)[choice] if language else choice
                yield f"{head}{split}{label}", [None if pd.isna(value) else int(value) for value in selected[choice]]


def _links(visits, name, *, odk: bool) -> dict[str, list[object]]:
    table = visits[name]
    keys = list(table.index)
    if odk:
        parents = {} if name == MAIN else {"PARENT_KEY": table["parent_key"].to_list()}
        return {**parents, "KEY": keys}
    index = {"_index": list(range(1, len(keys) + 1))}
    if name == MAIN:
        return {**index, "_uuid": [key.removeprefix("uuid:") for key in keys]}
    above = visits[MAIN if name == "member" else "member"].index
    parent = [above.get_loc(key) + 1 for key in table["parent_key"]]
    return {**index, "_parent_index": parent, "_submission__uuid": [key.removeprefix("uuid:") for key in table["instance_id"]]}
