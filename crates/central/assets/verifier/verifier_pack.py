"""Checks a period's pack that was unpacked: every file against the manifest, every journal from its first entry on, and the figures of
the reconciliation against a count of the entries. The half of verifier.py that knows how packs are laid out."""

import hashlib
import json
import os
from collections import defaultdict

PIECE = 1 << 20
PAYING = ("settlement", "producer_paid")


def digest(path):
    """Returns SHA-256 and the size of a file."""
    found, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
            size += len(piece)
    return found.hexdigest(), size


def check_files(folder, manifest):
    faults = []
    for told in manifest["files"]:
        name = told["path"]
        path = os.path.join(folder, *name.split("/"))
        if name.startswith("/") or ".." in name.split("/") or not os.path.isfile(path):
            faults.append(f"{name}: the manifest names it, and it is not here")
        elif digest(path) != (told["sha256"], told["bytes"]):
            faults.append(f"{name}: it is not the file of the manifest")
    named = {told["path"] for told in manifest["files"]}
    for root, _, names in os.walk(os.path.join(folder, "journals")):
        for name in names:
            path = os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/")
            if path not in named:
                faults.append(f"{path}: the manifest does not name it")
    return faults


class Totals:
    """The figures of the reconciliation, entry by entry."""

    def __init__(self, manifest):
        self.first, self.last = manifest["from"], manifest["to"]
        self.exceptions = {(told["stream"], told["seq"]) for told in manifest["exceptions"]}
        self.sums, self.sold = defaultdict(int), set()

    def watch(self, told):
        """Returns what counts the entries of a journal; what a branch repeats of another one counts there."""
        name, after = told["stream"], told["after_seq"]

        def count(envelope, shared, posted):
            if envelope["seq"] > after:
                self.add(name, envelope, shared, posted)

        return count

    def add(self, stream, envelope, shared, posted):
        kind, day = envelope["kind"], envelope["business_date"]
        if day > self.last or (kind == "sale" and self.is_twin(envelope)):
            return
        is_within, is_told = day >= self.first, (stream, envelope["seq"]) not in self.exceptions
        if not is_told and kind in ("shift_open", "shift_close", "cash_moved"):
            return
        cash, bank = posted.get("cash", 0), posted.get("bank", 0)
        if is_within:
            self.sums["cash book"] += cash if kind != "shift_close" else 0
            self.sums["cash found"] += shared["counted"] if kind == "shift_close" else 0
            self.sums["bank book"] += max(bank, 0)
        if not is_told:
            return
        self.sums["stock found"] += posted.get("shelf", 0)
        owed = -sum(amount for account, amount in posted.items() if account.startswith("producer_due "))
        self.sums["settlement book"] += owed if kind not in PAYING else 0
        if kind == "settlement":
            self.sums["settlement found" if is_within else "settled before"] += shared["due"]

    def is_twin(self, envelope):
        sale = envelope.get("sale_id")
        is_known = sale in self.sold
        self.sold.add(sale)
        return is_known

    def check(self, lines):
        self.sums["settlement book"] -= self.sums["settled before"]
        faults = []
        for line in lines:
            for side in ("book", "found"):
                name = f"{line['line']} {side}"
                if name in COUNTED and self.sums[name] != line[side]:
                    faults.append(f"reconciliation: {name} is {line[side]}, and the entries add up to {self.sums[name]}")
        return faults


# What the entries alone decide; the rest stands against them.
COUNTED = ("cash book", "cash found", "bank book", "stock found", "settlement book", "settlement found")


def read_journal(folder, told, journal, totals):
    """Reads the file of a journal; returns what is wrong with its end."""
    journal.name, journal.watch = told["path"], totals.watch(told)
    path = os.path.join(folder, *told["path"].split("/"))
    if os.path.isfile(path):
        with open(path, encoding="utf-8", errors="surrogateescape") as lines:
            for number, line in enumerate(lines, 1):
                journal.read(number, line.rstrip("\n"))
    stream, last = journal.streams.get(told["named"]), told["last_seq"]
    found = stream.hashes.get(last, ("nothing", 0))[0] if stream else "nothing"
    if found != told["last_hash"]:
        return [f"{told['path']}: entry {last} is {found[:16]}…, and the manifest says {told['last_hash'][:16]}…"]
    return []


def verify_pack(folder, journal_class):
    """Returns the faults of a pack and what is to be said of a sound one."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    faults, totals, stores = check_files(folder, manifest), Totals(manifest), defaultdict(list)
    for told in manifest["journals"]:
        stores[told["store"]].append(told)
    for journals in stores.values():
        journal = journal_class("", "")
        # A branch goes on from an entry that its former journal went on from differently: it is a chain of its own.
        branches = [(told, journal_class("", "")) for told in journals if told["after_seq"]]
        for told, branch in [(told, journal) for told in journals if not told["after_seq"]] + branches:
            faults += read_journal(folder, told, branch, totals)
        journal.check_deposits()
        if not journal.faults:
            journal.check_settlements()
        for one in [journal] + [branch for _, branch in branches]:
            faults += one.faults
    with open(os.path.join(folder, "reconciliation", "reconciliation.json"), encoding="utf-8") as file:
        faults += totals.check(json.load(file)["lines"])
    entries = sum(told["last_seq"] - told["after_seq"] for told in manifest["journals"])
    said = f"{len(manifest['files'])} files, {entries} entries in {len(manifest['journals'])} journals, {len(COUNTED)} figures counted again: nothing wrong"
    return faults, said
