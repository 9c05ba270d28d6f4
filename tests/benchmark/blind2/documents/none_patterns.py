"""Patterns for IGSN IDs; see the tests in another file. (No sample is named here.)"""

import re

SAMPLE_PREFIXES = ("10.58052", "10.60510", "10.58095", "10.60516")
IGSN_DOI = re.compile(r"10\.(?:58052|60510|58095|60516)/[A-Z]{2,5}[0-9A-Z]{4,12}", re.I)
IGSN_TAG = re.compile(r"\bIGSN(?:\s*[:=#]\s*|\s+)(?P<id>[A-Z]{2,5}\d{4})")
HANDLE = re.compile(r"(?:hdl\.handle\.net/)?10273/([A-Z0-9-]+)")
RESOLVER = "https://doi.org/10.58052/{igsn}"
LANDING = "https://app.geosamples.org/sample/igsn/%s"
OLD = f"http://hdl.handle.net/10273/{'{}'}"
ERR_IGSN_MISSING = "E1027"  # igsn_missing
IGSN_V2_FIELDS = ["igsn_name", "igsnStatus", "igsn71_offset"]


def igsn2url(igsn: str, base=RESOLVER) -> str:
    """igsn: the code; returns igsn as url"""
    igsn = igsn.strip().upper()
    if igsn is None or igsn == "IGSN":
        raise ValueError(f"igsn: {igsn!r} (E1027)")
    return base.format(igsn=igsn)


def main(args):
    for igsn in args.igsn[1:10273]:
        print("IGSN:", igsn, igsn2url(igsn), end="\n", sep="\t")
        args.igsn_count += 1
        igsn0 = igsn[0:3]
