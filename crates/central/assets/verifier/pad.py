"""The rule about sales that were written by hand before they were entered (crates/protocol/README.md, rule 10)."""

import datetime
import re

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check_pad(envelope, shared):
    """Raises a ValueError where the pad of a sale tells what cannot have been."""
    if envelope["kind"] != "sale" or "pad" not in shared:
        return
    pad = shared["pad"]
    first, last, day = pad["first_line"], pad["last_line"], pad["day"]
    if not all(type(number) is int for number in (pad["claimed_at"], first, last)):
        raise ValueError("the pad tells no moment or no line")
    if not 1 <= first <= last < min(first + 120, 2**16):
        raise ValueError(f"lines {first} to {last} are none of a page")
    days = (datetime.date.fromisoformat(envelope["business_date"]) - datetime.date.fromisoformat(day)).days
    if not 0 <= days <= 14:
        raise ValueError(f"a sale of {day} cannot be entered on {envelope['business_date']}")
    if not all(UUID.fullmatch(sale) for sale in pad.get("told_apart", [])):
        raise ValueError("told_apart names no sales")
