"""Builds the site with `sphinx-build -W --keep-going -b html docs out/docs`; nothing is fetched and no notebook is run."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))

project = "liuwen"
author = "liuwen"
project_copyright = "liuwen, Apache-2.0"
version = release = installed_version("liuwen")
language = "en"
default_role = "literal"  # what stands between backticks in a docstring is code

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "myst_nb",
    "notebook_pages",
    "house_picture",
    "command_reference",
    "returns_text",
    "chinese_lines",
]
exclude_patterns = ["extensions", "templates", "**.ipynb_checkpoints"]
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["liuwen.css"]
html_theme = "pydata_sphinx_theme"
html_title = "liuwen (六问)"
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "logo": {"text": "liuwen 六问"},
    "navbar_persistent": ["language_switch", "search-button"],
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    "show_prev_next": True,
    "footer_start": ["copyright"],
    "footer_end": [],
}
html_sidebars = {"start": [], "zh/start": [], "glossary": [], "house": []}

nb_execution_mode = "off"  # the tests run the notebooks; the site shows what was saved
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # otherwise a notebook loads its scripts from the network
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_type_aliases = {"Language": "Language"}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
suppress_warnings = ["config.cache"]
