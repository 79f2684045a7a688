"""The office page: what a town clerk needs of a store, in a browser.

`rights` says who may do what, `guard` enforces it for every page, `pages` lists the pages; each page is a file of its own with
its words, and a template in `templates/`. `serving` starts it.
"""

from liuwen.office.serving import RunningOffice, open_office

__all__ = ["RunningOffice", "open_office"]
