"""What months are called: English, French, Spanish, Portuguese, German, Italian, Indonesian, Swahili."""

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = """
january janvier januar enero janeiro gennaio januari jänner
february février fevrier februar febrero fevereiro febbraio februari
march mars märz marz marzo março marco maret machi
april avril abril aprile aprili
may mai mayo maio maggio mei
june juin juni junio junho giugno
july juillet juli julio julho luglio julai
august août aout agosto agustus agosti
september septembre septiembre setiembre setembro settembre septemba sept
october octobre oktober octubre outubro ottobre oktoba
november novembre noviembre novembro novemba
december décembre decembre dezember diciembre dezembro dicembre desember desemba
"""

MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, line in enumerate(_NAMES.strip().splitlines(), start=1) for name in line.split()}
)
"""Whole names, in lower case → the month; a name may be cut to its beginning where that is one month's alone."""
