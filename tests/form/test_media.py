"""Files that a form refers to, and which of them are read."""

from pathlib import Path

import pytest

from liuwen.form import Form, read_form
from liuwen.form.media import files_beside, is_plain_name, named_files

NAMING = """
| survey |
| | type | name | label | image | audio::English | big-image | default | calculation | hint | choice_filter |
| | note | n | N | logo.png | n.mp3 | logo-big.png | | | | |
| | image | house | House | | | | jr://images/house.jpg | | | |
| | image | roof | Roof | | | | roof.jpg | | | |
| | select_one_from_file villages.csv | v | V | logo.png | | | | | | pulldata("towns.csv", 'a', 'b', 'c') = town |
| | calculate | p | | | | | | pulldata('prices', 'a', 'b', ${v}) + pulldata ( "wages" , 'a', 'b', 'c') | | |
| | csv-external | fruits | | | | | | | | |
| | xml-external | trees | | | | | | | | |
| | select_one kind | k | K | | | | search('kinds') | | | |
| | note | m | M | | | | | concat('jr://images/map.png', 1) | | |
| choices |
| | list_name | name | label | image |
| | kind | a | A | a.png |
| | kind | b | B | a.png |
"""


def test_every_file_a_form_names_is_found_once_in_order() -> None:
    """Pictures, sounds, external lists, tables for `pulldata` and `search`, defaults and URLs."""
    assert named_files(read_form(NAMING.encode())) == (
        "logo.png", "logo-big.png", "n.mp3", "house.jpg", "roof.jpg", "villages.csv", "towns.csv", "prices.csv", "wages.csv",
        "fruits.csv", "trees.xml", "kinds.csv", "map.png", "a.png",
    )  # fmt: skip


def test_itemsets_csv_is_needed_only_without_external_choices() -> None:
    """The file is generated from the external_choices sheet if the form has one."""
    survey = "| survey |\n| | type | name | label |\n| | select_one_external l | q | Q |\n"
    assert named_files(read_form(survey.encode())) == ("itemsets.csv",)
    held = survey + "| external_choices |\n| | list_name | name |\n| | l | a |\n"
    assert named_files(read_form(held.encode())) == ()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("villages.csv", True), ("村.csv", True), ("a b.png", True), (".hidden", True), ("...", True),
        ("", False), (".", False), ("..", False), ("a/b", False), ("/a", False), ("a\\b", False), ("c:a", False), ("a\0", False),
    ],
)  # fmt: skip
def test_plain_name_contains_no_path(name: str, plain: bool) -> None:
    """Neither of Linux nor of Windows."""
    assert is_plain_name(name) is plain


def test_only_files_in_the_folder_itself_are_read(tmp_path: Path) -> None:
    """Folders, links out of the folder, and names too long for the file system are skipped."""
    folder = tmp_path / "forms"
    (folder / "towns.csv").mkdir(parents=True)
    (tmp_path / "secret.png").write_text("secret")
    (folder / "logo.png").symlink_to(tmp_path / "secret.png")
    (folder / "roof.jpg").write_bytes(b"roof")
    form = read_form(NAMING.replace("villages.csv", "v" * 300 + ".csv").encode())
    assert dict(files_beside(form, folder)) == {"roof.jpg": b"roof"}


def test_form_without_references_has_no_files(everything: Form, tmp_path: Path) -> None:
    """Even if there are files beside it."""
    (tmp_path / "stray.csv").write_text("x")
    assert named_files(everything) == () and dict(files_beside(everything, tmp_path)) == {}
