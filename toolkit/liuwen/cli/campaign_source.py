"""Open what a command on a campaign is given: a store, today's spreadsheet, or a workbook or story of registers and events."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.passphrases import passphrase_of_key
from liuwen.errors import CampaignError, ReadError
from liuwen.messages import Language, Sentence, use_language

if TYPE_CHECKING:
    from liuwen.campaign import Campaign
    from liuwen.campaign.incoming import IncomingLedger
    from liuwen.store import Store

NO_STORE = Sentence(
    zh="文件夹“{folder}”里没有库（store.sqlite）。请指明库的文件夹，或台账表格。",
    en='The folder "{folder}" holds no store (store.sqlite). Name the folder of a store, or a spreadsheet.',
)
NO_PROGRAMME = Sentence(
    zh="库没有写用哪个方案。请加 --programme，如 --programme hubin。",
    en="A store does not say which programme it is for. Add --programme, such as --programme hubin.",
)
DAY_OF_A_SHEET = Sentence(
    zh="--as-of 只用于表格：库里的每一步都有自己的日期。",
    en="--as-of belongs to a spreadsheet: in a store every step has its own day.",
)
KEY_OF_A_SHEET = Sentence(
    zh="--key 只用于库：表格里没有加密的信。",
    en="--key belongs to a store: a spreadsheet has no encrypted letters.",
)


def campaign_from(
    source: Path,
    programme: str,
    *,
    registers: Path | None = None,
    as_of: str | None = None,
    published: Path | None = None,
    key: Path | None = None,
) -> "tuple[Campaign, IncomingLedger | None]":
    """The campaign of a store or of today's spreadsheet, and the report on reading the spreadsheet.

    Args:
        source: The folder of a store, or a spreadsheet.
        programme: The programme.
        registers: A workbook of registers; those of a store are used where it has none.
        as_of: The day on which the spreadsheet was as it is.
        published: The folder of the published lists, which give the numbers; by default those that a store knows of.
        key: The private key of whoever receives confidential letters; without it they are not read.

    Raises:
        CampaignError: The programme or the registers have faults; all are in it.
        ReadError: There is no store and no readable spreadsheet.
    """
    from liuwen.campaign import read_campaign, read_published
    from liuwen.campaign.incoming import read_register_book

    kept = source.is_dir()
    if kept and as_of:
        raise CampaignError(DAY_OF_A_SHEET)
    if key is not None and not kept:
        raise CampaignError(KEY_OF_A_SHEET)
    campaign = read_campaign(
        programme,
        registers=read_register_book(registers) if registers is not None else None,
        published=read_published(published).lists if published is not None else None,
        store=_opened_store(source) if kept else None,
        key=key,
        passphrase=(passphrase_of_key(key) or "") if key is not None else "",
    )
    report = campaign.check()
    if not report.ok:
        raise CampaignError(Sentence(zh=_in("zh", report), en=_in("en", report)))
    if kept:
        return campaign, None
    incoming = campaign.read_spreadsheet(source, as_of=as_of)
    return campaign.with_events(**{campaign.ledgers[0]: incoming.events}), incoming


def campaign_of_source(source: Path, programme: str = "") -> "Campaign":
    """The campaign that a store, a workbook or a story holds.

    Args:
        source: The folder of a store, a workbook (.xlsx) or a story (.md).
        programme: The programme; by default the one that the file names. A store names none.

    Raises:
        CampaignError: The programme is not named, or has faults.
        ReadError: The source cannot be read.
    """
    from liuwen.campaign import read_campaign
    from liuwen.campaign.stories import campaign_of, read_story

    if not source.is_dir():
        return campaign_of(read_story(source, programme))
    if not programme:
        raise CampaignError(NO_PROGRAMME)
    return read_campaign(programme, store=_opened_store(source))


def _opened_store(folder: Path) -> "Store":
    """The store of a folder, closed when the command ends."""
    from liuwen.store import Store

    if not (folder / "store.sqlite").is_file():
        raise ReadError(NO_STORE.filled(folder=folder))
    store = Store(folder)
    click.get_current_context().call_on_close(store.close)
    return store


def _in(language: Language, report: object) -> str:
    with use_language(language):
        return str(report)
