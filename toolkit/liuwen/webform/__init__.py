"""ODK Web Forms in notebooks (`preview`) and on the server's pages (`page`, `desk`, `welcome`)."""

from liuwen.webform.bundle import bundle_gzip, bundle_name, bundle_path
from liuwen.webform.desk import Offer, SentAnswer, desk
from liuwen.webform.page import PAGE_HEADERS, Drafts, Edit, notice, page
from liuwen.webform.preview import preview
from liuwen.webform.welcome import DoorPlate, welcome

__all__ = [
    "PAGE_HEADERS",
    "DoorPlate",
    "Drafts",
    "Edit",
    "Offer",
    "SentAnswer",
    "bundle_gzip",
    "bundle_name",
    "bundle_path",
    "desk",
    "notice",
    "page",
    "preview",
    "welcome",
]
