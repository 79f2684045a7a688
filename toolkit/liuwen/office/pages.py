"""All pages of the office: address, right, function. `guard` admits to them, and a test walks them from every role."""

from liuwen.office.accounts_page import accounts, add_account, revoke_account, set_confidential
from liuwen.office.answers import answers
from liuwen.office.backup_page import backup, make_backup
from liuwen.office.collecting import (
    add_collector,
    add_link,
    code,
    collectors,
    links,
    rename_collector,
    revoke_collector,
    revoke_link,
    sheet,
    show_again,
)
from liuwen.office.downloads import download, downloads
from liuwen.office.figures import figures
from liuwen.office.forms_page import (
    check_published,
    discard_draft,
    draft,
    draft_code,
    forms,
    publish,
    publish_draft,
    set_state,
)
from liuwen.office.guard import OfficePage
from liuwen.office.lists_page import list_row, lists
from liuwen.office.log_page import log
from liuwen.office.plan import keep_plan
from liuwen.office.record import attachment, record, review
from liuwen.office.reports_page import county_report, month_pages, reports
from liuwen.office.rights import Right
from liuwen.office.today import today

_ANSWERS = (Right.ANSWERS, Right.CONFIDENTIAL)
"""Which of the two is needed depends on the form: `Office.require_answers`."""

PAGES = (
    OfficePage("/", (Right.TODAY,), today),
    OfficePage("/plan", (Right.COLLECTING,), keep_plan, "POST"),
    OfficePage("/answers", _ANSWERS, answers),
    OfficePage("/answers/{number:int}", _ANSWERS, record),
    OfficePage("/answers/{number:int}/review", _ANSWERS, review, "POST"),
    OfficePage("/answers/{number:int}/files/{name:path}", _ANSWERS, attachment),
    OfficePage("/figures", (Right.FIGURES,), figures),
    OfficePage("/collectors", (Right.COLLECTING,), collectors),
    OfficePage("/collectors/add", (Right.COLLECTING,), add_collector, "POST"),
    OfficePage("/collectors/show", (Right.COLLECTING,), show_again, "POST"),
    OfficePage("/collectors/rename", (Right.COLLECTING,), rename_collector, "POST"),
    OfficePage("/collectors/revoke", (Right.COLLECTING,), revoke_collector, "POST"),
    OfficePage("/codes/{number}", (Right.COLLECTING,), code),
    OfficePage("/codes/{number}/sheet", (Right.COLLECTING,), sheet),
    OfficePage("/links", (Right.COLLECTING,), links),
    OfficePage("/links/add", (Right.COLLECTING,), add_link, "POST"),
    OfficePage("/links/revoke", (Right.COLLECTING,), revoke_link, "POST"),
    OfficePage("/forms", (Right.FORMS,), forms),
    OfficePage("/forms/check", (Right.FORMS,), check_published),
    OfficePage("/forms/state", (Right.FORMS,), set_state, "POST"),
    OfficePage("/forms/publish", (Right.FORMS,), publish, "POST"),
    OfficePage("/forms/drafts/{name}", (Right.FORMS,), draft),
    OfficePage("/forms/drafts/{name}/code", (Right.FORMS,), draft_code, "POST"),
    OfficePage("/forms/drafts/{name}/publish", (Right.FORMS,), publish_draft, "POST"),
    OfficePage("/forms/drafts/{name}/discard", (Right.FORMS,), discard_draft, "POST"),
    OfficePage("/lists", (Right.LISTS,), lists),
    OfficePage("/lists/{name}/{uuid}", (Right.LISTS,), list_row),
    OfficePage("/reports", (Right.DOWNLOADS,), reports),
    OfficePage("/reports/file", (Right.DOWNLOADS,), county_report, "POST"),
    OfficePage("/reports/month", (Right.DOWNLOADS,), month_pages, "POST"),
    OfficePage("/downloads", (Right.DOWNLOADS,), downloads),
    OfficePage("/downloads/file", (Right.DOWNLOADS,), download, "POST"),
    OfficePage("/backup", (Right.BACKUP,), backup),
    OfficePage("/backup/make", (Right.BACKUP,), make_backup, "POST"),
    OfficePage("/accounts", (Right.ACCOUNTS,), accounts),
    OfficePage("/accounts/add", (Right.ACCOUNTS,), add_account, "POST"),
    OfficePage("/accounts/revoke", (Right.ACCOUNTS,), revoke_account, "POST"),
    OfficePage("/accounts/confidential", (Right.ACCOUNTS,), set_confidential, "POST"),
    OfficePage("/log", (Right.LOG,), log),
)
"""Every page that needs a person to be signed in; the others are the pages to sign in and out, and the style sheet."""
