"""Today's spreadsheet comes in: headings found and columns recognised, a row a matter or a row a step; nothing is lost."""

from liuwen.campaign.incoming.reading import read_sheet
from liuwen.campaign.incoming.register_book import read_register_book
from liuwen.campaign.incoming.report import IncomingLedger, SheetRemark

__all__ = ["IncomingLedger", "SheetRemark", "read_register_book", "read_sheet"]
