"""The real ODK Web Forms, in a notebook's frame (`preview`) and on the page a collecting server gives to phones (`page`)."""

from liuwen.webform.bundle import bundle_gzip, bundle_name, bundle_path
from liuwen.webform.page import PAGE_HEADERS, Edit, notice, page
from liuwen.webform.preview import preview

__all__ = ["PAGE_HEADERS", "Edit", "bundle_gzip", "bundle_name", "bundle_path", "notice", "page", "preview"]
