"""One generation of the demonstration over made-up positions, shared by its tests."""

from datetime import date

PROVINCE = (
    *("VPTU", "UBKTTU", "BTCTU", "BTGTU", "BDVTU", "BNCTU", "DUK", "TCT", "BHG", "MTTQ"),
    *("LDLD", "HND", "HPN", "CCB", "TD"),
)
DISTRICTS = ("VTH", "CT", "CTA", "PH", "LMH", "VTP", "NB", "LMX")
PARTS = (*("VP", "UBKT", "BTC", "BTG", "BDV", "MTTQ", "LDLD", "HND", "HPN", "CCB", "DTN", "TTCT"),)
TET = {date(2024, 2, day) for day in (8, 9, 12, 13, 14)}
