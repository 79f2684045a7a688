"""ODK Web Forms in notebooks (`preview`) and on the server's pages (`page`, `desk`)."""

from liuwen.webform.bundle import bundle_gzip, bundle_name, bundle_path
from liuwen.webform.desk import Offer, SentAnswer, desk
from liuwen.webform.page import PAGE_HEADERS, Edit, notice, page
from liuwen.webform.preview import preview

__all__ = [
    "PAGE_HEADERS",
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
]
