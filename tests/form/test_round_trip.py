"""Writing and reading a form loses nothing."""

import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from liuwen.form import Form, Sheet, builder, read_form
from liuwen.form.formats.markdown import read_markdown, write_markdown
from liuwen.form.formats.workbook import workbook_bytes
from liuwen.form.formats.xlsx import read_xlsx


@pytest.mark.parametrize("ending", [".xlsx", ".md"])
def test_workbooks_survive_writing_and_reading(forms: dict[str, Form], tmp_path: Path, ending):
    """All sheets and cells, including unknown ones."""
    assert len(forms) == 64
    for name, form in forms.items():
        again = read_form(form.write(tmp_path / f"{Path(name).stem}{ending}"))
        assert again.sheets == form.sheets, name


def test_markdown_and_workbook_hold_the_same_form(everything: Form, tmp_path: Path):
    """Both formats give the same form."""
    assert read_form(everything.write(tmp_path / "a.xlsx")) == read_form(everything.write(tmp_path / "a.md")) == everything


CELLS = st.one_of(
    st.just(""),
    st.text(alphabet=string.ascii_letters + "_ |\\#&;-:.\n\t\r${}<>'\"=@", max_size=12),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(
        ["&#10;", "&#;", "&#38;#", "---", ":-:", "-", "|", "\\|", "\\", "#", "_x000D_", "_x005F_", " ", "\u00a0", "=1+1"]
    ),
)
NAMES = st.text(alphabet=string.ascii_letters + "_ -.#&;村", min_size=1, max_size=20).filter(
    lambda name: name.strip("' ") == name
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Sheet, ...]:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.lower))
    return tuple(_sheet(draw, name) for name in names)


def _sheet(draw: st.DrawFn, name: str) -> Sheet:
    width = draw(st.integers(1, 4))
    grid = draw(st.lists(st.lists(CELLS, max_size=width), max_size=5))
    return Sheet.of(name, grid[0] if grid else [], grid[1:])


@settings(max_examples=300, deadline=None)
@given(sheets())
@example((Sheet("survey", ("", ""), (("a", "b"),)),))
@example((Sheet("survey", ("---",), (("",), ("---",))),))
def test_any_sheets_survive_markdown(written: tuple[Sheet, ...]):
    """Pipes, line breaks, spaces, blank cells, blank headers, and what looks like an escape."""
    assert tuple(read_markdown(write_markdown(written))) == written


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_any_sheets_survive_a_workbook(written: tuple[Sheet, ...]):
    """Control characters too."""
    form = Form(written)
    assert tuple(read_xlsx(workbook_bytes(form))) == written


@settings(max_examples=20, deadline=None)
@given(sheets())
def test_the_same_form_gives_the_same_bytes(written: tuple[Sheet, ...]):
    """Version control shows real changes only."""
    assert workbook_bytes(Form(written)) == workbook_bytes(Form(written))


def test_media_survive_writing_and_reading(everything: Form, tmp_path: Path):
    """They are written beside the form, and read from there."""
    survey = Sheet.of("survey", ["type", "name", "label"], [["select_one_from_file villages.csv", "v", "V"]])
    form = Form((survey,), media={"villages.csv": b"name,label\nv1,V1\n"})
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        assert read_form(form.write(Path(folder) / "a.xlsx")) == form


@pytest.mark.parametrize("ending", [".xlsx", ".md", ".xml"])
def test_a_form_stays_anonymous_in_every_format(tmp_path: Path, ending: str) -> None:
    """In workbook, Markdown and XForm, and in an XForm made again from that XForm."""
    form = builder.build_form(
        "poll", version="1", zh="测评", en="Poll", anonymous=True, items=[builder.text("why", zh="为什么", en="Why")]
    )
    back = read_form(form.write(tmp_path / f"poll{ending}"))
    again = read_form(Form(back.sheets).to_xform().encode())
    assert form.anonymous and back.anonymous and again.anonymous
    assert again.settings["form_id"] == "poll"


def test_form_is_not_anonymous_by_default(everything: Form) -> None:
    """A setting that says no does not make it anonymous."""
    assert not everything.anonymous
    assert not read_form(b"| survey |\n| | type | name |\n| settings |\n| | attribute::anonymous |\n| | no |").anonymous
