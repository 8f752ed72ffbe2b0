"""Checks a period's pack that was unpacked: every file against the manifest, every journal from its first entry on, the figures of
the reconciliation against a count of the entries, and every paper against what was brought. The half of verifier.py that knows how packs
are laid out."""

import hashlib
import json
import os
import unicodedata
import uuid
from collections import defaultdict

PIECE = 1 << 20
PAYING = ("settlement", "producer_paid", "producer_adjusted")
# The manifest cannot name itself, nor its signature.
UNNAMED = ("manifest.json", "manifest.sig")
# Columns of a settlement's row: in its entry, where 0 may be left out, and in its file.
QUANTITIES = ("opening", "received", "sold", "refunded", "returned", "lost_by_producer", "lost_by_operator", "counted", "transferred",
              "repacked", "closing")
AMOUNTS = ("gross", "discount", "commission", "commission_tax", "compensation", "due")


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
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/")
            if path not in named and path not in UNNAMED:
                faults.append(f"{path}: the manifest does not name it")
    return faults


def check_signature(folder, key, is_signed):
    """Returns the faults of the manifest's signature, and what is to be said where nobody can know."""
    if not key:
        return [], ["NOT CHECKED: who made this pack. Whoever writes entries and manifest anew passes all other checks.",
                    "Run it again with --central-key and the key that the department told you, not the one in this pack."]
    path, signature = os.path.join(folder, "manifest.sig"), ""
    if os.path.isfile(path):
        with open(path, encoding="ascii", errors="replace") as file:
            signature = file.read().strip()
    found, _ = digest(os.path.join(folder, "manifest.json"))
    if is_signed(key, "consign-pack-v1", [found], signature):
        return [], ["The manifest is signed with the key that you gave."]
    return ["manifest.sig: the key that you gave did not sign this manifest"], []


class Totals:
    """The figures of the reconciliation, entry by entry."""

    def __init__(self, manifest):
        self.first, self.last = manifest["from"], manifest["to"]
        self.exceptions = {(told["stream"], told["seq"]) for told in manifest["exceptions"]}
        # Other goods under the identity of a sale that was told before: both were paid.
        self.twins = {(told["stream"], told["seq"]) for told in manifest["exceptions"] if told["reason"] == "twin"}
        self.sums, self.sold = defaultdict(int), set()
        # What settlements say, by their entry; and payments without one.
        self.settlements, self.payments = {}, {}

    def watch(self, told):
        """Returns what counts the entries of a journal; what a branch repeats of another one counts there."""
        name, after = told["stream"], told["after_seq"]

        def count(envelope, shared, posted):
            if envelope["seq"] > after:
                self.add(name, envelope, shared, posted)

        return count

    def add(self, stream, envelope, shared, posted):
        kind, day = envelope["kind"], envelope["business_date"]
        if kind == "settlement":
            self.settlements[stream, envelope["seq"]] = day, shared
        if kind == "producer_paid":
            self.payments[stream, envelope["seq"]] = day, shared
        if day > self.last or (kind == "sale" and self.is_repeated(stream, envelope)):
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

    def is_repeated(self, stream, envelope):
        """Says whether a sale was counted already, told by another journal."""
        sale = envelope.get("sale_id")
        if (stream, envelope["seq"]) in self.twins:
            return False
        is_known = sale in self.sold
        self.sold.add(sale)
        return is_known

    def check(self, lines):
        self.sums["settlement book"] -= self.sums["settled before"]
        faults, seen = [], defaultdict(list)
        for line in lines:
            name, book, found, difference = (line.get(key) for key in ("line", "book", "found", "difference"))
            seen[f"{name} book"].append(book)
            seen[f"{name} found"].append(found)
            if not all(type(figure) is int for figure in (book, found, difference)) or difference != found - book:
                faults.append(f"reconciliation: the difference of {name} is {difference}, and not {found} less {book}")
        for name in COUNTED:
            if len(seen[name]) != 1:
                faults.append(f"reconciliation: {name} stands {len(seen[name])} times, and not once")
            faults += [f"reconciliation: {name} is {figure}, and the entries add up to {self.sums[name]}"
                       for figure in seen[name] if figure != self.sums[name]]
        return faults

    def check_settlement(self, path, told):
        """Compares the file of a settlement with its entry."""
        at = told.get("stream"), told.get("seq")
        if at not in self.settlements:
            return [f"{path}: no entry {at[1]} of {at[0]} settles"]
        day, shared = self.settlements[at]
        expected = {
            "number": plain_number(shared["voucher"]), "day": day, "due_vnd": shared["due"], "carried_vnd": shared.get("carried", 0),
            "paid_vnd": sum(tender["amount"] for tender in shared.get("tenders", [])),
        }
        faults = [f"{path}: {key} is {told.get(key)}, and its entry says {value}"
                  for key, value in expected.items() if told.get(key) != value]
        rows = [settlement_row(row) for row in shared["rows"]]
        named = [{key: row.get(key) for key in settlement_row({"product": ""})} for row in told.get("rows", [])]
        if sorted(rows, key=repr) != sorted(named, key=repr):
            faults.append(f"{path}: its rows are not those of its entry")
        return faults


def plain_number(number):
    """Returns a number without control characters and up to 40 letters, as a column has it."""
    return "".join(sign for sign in number if unicodedata.category(sign) != "Cc")[:40]


def settlement_row(row):
    """Returns a row of a settlement's entry as its file has it."""
    file = {"product_id": row["product"], "commission_ppm": row.get("commission_ppm", [])}
    file.update((f"{name}_milli", row.get(name, 0)) for name in QUANTITIES)
    file.update((f"{name}_vnd", row.get(name, 0)) for name in AMOUNTS)
    return file


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


def data_files(folder, manifest, start):
    """Yields path and content of the data files whose path begins so."""
    for path in (told["path"] for told in manifest["files"]):
        place = os.path.join(folder, *path.split("/"))
        if path.startswith(start) and path.endswith(".json") and os.path.isfile(place):
            with open(place, encoding="utf-8") as file:
                yield path, json.load(file)


def check_settlements(folder, manifest, totals):
    return [fault for path, told in data_files(folder, manifest, "settlements/") for fault in totals.check_settlement(path, told)]


def check_joints(folder, manifest, totals):
    """Compares settlements over several stores with the entries of those stores."""
    faults = []
    for path, told in data_files(folder, manifest, "joint_settlements/"):
        papers = [part["paper"] for part in told["stores"]]
        sent = sum(part["sent_vnd"] for part in told["stores"])
        if sent != told["paid_vnd"]:
            faults.append(f"{path}: paid_vnd is {told['paid_vnd']}, and its stores add up to {sent}")
        for paper in filter(None, papers):
            faults += check_part(path, paper, totals)
        if told["sha256"] is not None:
            found = hashlib.sha256(b"ocop-joint-settlement\0" + uuid.UUID(told["id"]).bytes)
            for paper in papers:
                found.update(bytes.fromhex(paper["sha256"]) if paper else b"")
            if None in papers or found.hexdigest() != told["sha256"]:
                faults.append(f"{path}: its SHA-256 is not that of its stores' entries")
    return faults


def check_part(path, paper, totals):
    at = paper["stream"], paper["seq"]
    if paper["day"] > totals.last:
        # Its entry is of a later period, and in the pack of that.
        return []
    if at not in totals.settlements and at not in totals.payments:
        return [f"{path}: no entry {at[1]} of {at[0]} settles or pays"]
    day, shared = totals.settlements.get(at) or totals.payments[at]
    expected = {
        "number": plain_number(shared["voucher"]), "day": day, "due_vnd": shared.get("due", 0), "carried_vnd": shared.get("carried", 0),
        "paid_vnd": sum(tender["amount"] for tender in shared.get("tenders", [])),
    }
    return [f"{path}: {key} is {paper.get(key)}, and its entry says {value}"
            for key, value in expected.items() if paper.get(key) != value]


PAPERS = "papers/papers.json"
# What lies beside the papers and is none.
LISTS = (PAPERS, "papers/papers.xlsx")


def check_papers(folder, manifest, totals):
    """Compares every paper with what the list says was brought; returns the faults, and what is to be said of those left out."""
    found = {told["path"]: told for told in manifest["files"] if told["path"].startswith("papers/")}
    place = os.path.join(folder, *PAPERS.split("/"))
    if not os.path.isfile(place):
        return [f"{PAPERS}: the list of papers is not here"], []
    with open(place, encoding="utf-8") as file:
        papers = json.load(file)["papers"]
    faults, left_out = [], sum(told["path"] is None for told in papers)
    for told in papers:
        path, at = told["path"], (told["stream"], told["seq"])
        if told["about"] == "settlement" and at not in totals.settlements:
            faults.append(f"{path or PAPERS}: no entry {at[1]} of {at[0]} settles")
        if path is None:
            continue
        file = found.pop(path, None)
        if file is None:
            faults.append(f"{path}: the list of papers names it, and the manifest does not")
        elif (file["sha256"], file["bytes"]) != (told["sha256"], told["bytes"]):
            faults.append(f"{path}: it is not the paper that was brought")
    faults += [f"{path}: the list of papers does not name it" for path in found if path not in LISTS]
    notes = [f"papers that did not fit into the pack: {left_out}; {PAPERS} names them, ask central for them"] if left_out else []
    return faults, notes


def verify_pack(folder, journal_class, central_key, is_signed):
    """Returns the faults of a pack, what is to be said of a sound one, and what is to be said of any."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    unsigned, notes = check_signature(folder, central_key, is_signed)
    faults, totals, stores = unsigned + check_files(folder, manifest), Totals(manifest), defaultdict(list)
    for told in manifest["journals"]:
        stores[told["store"]].append(told)
    for journals in stores.values():
        journal = journal_class("", "")
        # A branch goes on from an entry that its former journal went on from differently: it is a chain of its own.
        branches = [(told, journal_class("", "")) for told in journals if told["after_seq"]]
        for told, branch in [(told, journal) for told in journals if not told["after_seq"]] + branches:
            faults += read_journal(folder, told, branch, totals)
        journal.check_deposits()
        journal.check_corrections()
        if not journal.faults:
            journal.check_settlements()
        for one in [journal] + [branch for _, branch in branches]:
            faults += one.faults
    faults += check_settlements(folder, manifest, totals) + check_joints(folder, manifest, totals)
    wrong_papers, left_out = check_papers(folder, manifest, totals)
    faults += wrong_papers
    notes += left_out
    with open(os.path.join(folder, "reconciliation", "reconciliation.json"), encoding="utf-8") as file:
        faults += totals.check(json.load(file)["lines"])
    entries = sum(told["last_seq"] - told["after_seq"] for told in manifest["journals"])
    said = f"{len(manifest['files'])} files, {entries} entries in {len(manifest['journals'])} journals, {len(COUNTED)} figures counted again: nothing wrong"
    if manifest["exceptions"]:
        notes.append(f"{len(manifest['exceptions'])} entries are not in the books as told because the manifest says so: believed, not checked")
    return faults, said, notes
