"""The county report: what households answered, as a document with the base and interval of every figure."""

from liuwen.reports.county_report import CountyReport, report

__all__ = ["CountyReport", "report"]
