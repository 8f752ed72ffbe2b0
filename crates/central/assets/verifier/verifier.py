#!/usr/bin/env python3
"""Checks an exported journal without any code of the product, from crates/protocol/README.md and RFC 8032 alone.

    verifier.py [--central-key HEX] [--books] JOURNAL...     journals as JSON lines
    verifier.py --wire WIRE.json                             the golden messages
    verifier.py [--central-key HEX]                          the unpacked pack of a period that it lies in

A line of a journal is {"envelope": "...", "shared": "...", "private": "..." or null}, or {"ack": {...}} with central's
last word on a stream. Prints one line per fault, which names file, line, stream and entry; ends with 1 when there are
any. With --books it prints the sums that follow from sound journals.
"""

import argparse
import hashlib
import json
import os
import re
import sys
from collections import defaultdict

sys.dont_write_bytecode = True

from ed25519 import signature_fits  # noqa: E402 (after the setting above)
from pad import check_pad  # noqa: E402
from verifier_books import DATE, KINDS, Books, Fault, deposited, need, settled_rows  # noqa: E402
from verifier_pack import verify_pack  # noqa: E402

ZERO = "0" * 64
STREAM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9a-f]{32}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEX = re.compile(r"(?:[0-9a-f]{2})*")
SALT = re.compile(r"[0-9a-f]{32}")
ENTRY_BYTES_MAX = 256 * 1024


# --- What is signed ---------------------------------------------------------------------------------------------------


def message(purpose, fields):
    """The purpose with a zero byte, then each field after its length."""
    data = purpose.encode() + b"\0"
    for field in fields:
        field = str(field).encode()
        data += len(field).to_bytes(4, "big") + field
    return data


def is_signed(key, purpose, fields, signature):
    is_hex = HEX.fullmatch(key) and HEX.fullmatch(signature)
    return bool(is_hex) and signature_fits(bytes.fromhex(key), message(purpose, fields), bytes.fromhex(signature))


def ack_fields(ack):
    counted = "held" if ack["held"] else "counted"
    exceptions = ",".join(str(seq) for seq in ack["exceptions"])
    return [ack["stream"], ack["acked_seq"], ack["acked_hash"], counted, ack["central_epoch"], ack["central_time"],
            exceptions]


# --- JSON ------------------------------------------------------------------------------------------------------------


def no_number(text):
    raise Fault(f"{text} is no whole number")


def read_json(text):
    def distinct(pairs):
        need(len(dict(pairs)) == len(pairs), "a key stands twice")
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=distinct, parse_float=no_number, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise Fault(f"this is not JSON: {error}") from error


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


def integer(low, high):
    return lambda value: type(value) is int and low <= value <= high


def text(pattern=None):
    return lambda value: isinstance(value, str) and (pattern is None or bool(pattern.fullmatch(value)))


HASH = text(re.compile("[0-9a-f]{64}"))
I64 = integer(-2**63, 2**63 - 1)
LAST_ACK = {"seq": I64, "hash": HASH, "central_time": I64}
# Key, rule, needed; in the order of the bytes.
ENVELOPE = [
    ("v", integer(1, 1), True), ("stream", text(STREAM), True), ("seq", integer(1, 2**63 - 1), True),
    ("prev_hash", HASH, True), ("kind", text(), True), ("schema", integer(0, 2**16 - 1), True),
    ("sale_id", text(UUID), False), ("business_date", text(DATE), True), ("wall_utc_ms", I64, True),
    ("utc_offset_min", integer(-2**15, 2**15 - 1), True), ("boot_id", text(UUID), True), ("mono_ms", I64, True),
    ("clock_flag", lambda value: value in ("ok", "jumped", "behind"), True),
    ("last_central_ack", lambda value: isinstance(value, dict) and list(value) == list(LAST_ACK)
     and all(rule(value[key]) for key, rule in LAST_ACK.items()), False),
    ("grand_total_after", I64, True), ("shared_len", integer(0, 2**32 - 1), True), ("shared_sha256", HASH, True),
    ("private_len", integer(0, 2**32 - 1), True), ("private_sha256", HASH, True),
]


def read_envelope(line):
    envelope = read_json(line)
    need(isinstance(envelope, dict), "the envelope is no object")
    for key, rule, needed in ENVELOPE:
        if key in envelope:
            need(rule(envelope[key]), f"{key} is {envelope[key]!r}")
        else:
            need(not needed, f"the envelope has no {key}")
    order = [key for key, _, _ in ENVELOPE if key in envelope]
    spelled = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    need(order == list(envelope) and spelled == line, "the envelope is not in its one spelling")
    return envelope


# --- Journals --------------------------------------------------------------------------------------------------------


class Stream:
    """One stream as far as it was read: the next entry's number, hash and line of each, the running total."""

    def __init__(self):
        self.next = 1
        self.hashes = {0: (ZERO, 0)}
        self.total = 0
        self.books = Books()

    def follow(self, line, number):
        self.hashes[self.next] = sha256(b"consign-entry-v1\0", line.encode("utf-8", "surrogatepass")), number
        self.next += 1


class Journal:
    """One file: its streams, and its faults as they are found."""

    def __init__(self, name, central_key):
        self.name, self.central_key = name, central_key
        self.streams, self.faults = {}, []
        self.last = "?"
        # What is left of the deposit of each sale id, over all streams; only of those that were paid here.
        self.deposits, self.ordered, self.sold = defaultdict(int), set(), set()
        # Settlements and payments by stream and entry: with whom, what was paid, of which kind; and what puts such a one right.
        self.payments, self.corrections = {}, []
        # Is told of each entry that was understood: envelope, payload, what it posted.
        self.watch = lambda *_: None

    def fault(self, line, stream, seq, what):
        self.faults.append(f"{self.name}:{line}: stream {stream} entry {seq}: {what}")

    def read(self, number, line):
        """Reads a line; what cannot be read counts as the next entry of the stream before it."""
        last = self.streams.get(self.last) or Stream()
        try:
            record = read_json(line)
            need(isinstance(record, dict), "this line is no object")
            if "ack" in record:
                return self.read_ack(number, record["ack"])
            need(text()(record.get("envelope")) and text()(record.get("shared")), "this line is no entry")
            envelope = read_envelope(record["envelope"])
        except (Fault, UnicodeError) as fault:
            self.fault(number, self.last, last.next, fault)
            return last.follow(line, number)
        self.read_entry(number, envelope, record)

    def read_entry(self, number, envelope, record):
        name, seq = envelope["stream"], envelope["seq"]
        stream = self.streams.setdefault(name, Stream())
        self.last = name
        if seq < stream.next:
            return self.fault(number, name, seq, "it stands here again, or too late")
        if seq > stream.next:
            self.fault(number, name, stream.next, f"it is missing: entry {seq} comes next")
            stream.next, stream.total, stream.books.exchanged = seq, None, None
        try:
            need((envelope["kind"] == "genesis") == (seq == 1), "a stream begins with its one genesis")
            self.check_link(stream, name, envelope)
            self.check_payloads(stream, name, envelope, record)
        except (Fault, UnicodeError) as fault:
            self.fault(number, name, seq, fault)
            stream.books.exchanged = None
        stream.total = envelope["grand_total_after"]
        stream.follow(record["envelope"], number)

    def check_link(self, stream, name, envelope):
        seq, (before, line) = envelope["seq"], stream.hashes.get(envelope["seq"] - 1, (None, 0))
        if before and envelope["prev_hash"] != before:
            need(seq > 1, "something stands before the first entry")
            named = envelope["prev_hash"][:16]
            self.fault(line, name, seq - 1, f"its hash is {before[:16]}…, and entry {seq} names {named}…")
        ack = envelope.get("last_central_ack")
        if ack is not None:
            known, _ = stream.hashes.get(ack["seq"], (ack["hash"], 0))
            is_known = 0 < ack["seq"] < seq and known == ack["hash"]
            need(is_known, f"it says that central acknowledged another entry {ack['seq']}")

    def check_payloads(self, stream, name, envelope, record):
        line, shared, private = record["envelope"], record["shared"], record.get("private")
        size = len(line.encode()) + len(shared.encode())
        need(size <= ENTRY_BYTES_MAX and "\n" not in shared, "the entry is too large, or more than one line")
        for what, payload in (("shared", shared), ("private", private)):
            data = (payload or "").encode()
            is_same = len(data) == envelope[f"{what}_len"] and sha256(data) == envelope[f"{what}_sha256"]
            # Nothing stands for a private payload that was erased; its digest stays.
            need(is_same or payload is None, f"the {what} payload is not the one of its envelope")
        if private is not None:
            private = read_json(private)
            salt = private.get("salt") if isinstance(private, dict) and next(iter(private), "") == "salt" else None
            need(text(SALT)(salt), "the private payload does not begin with its salt")
        told, total = envelope["grand_total_after"], stream.total
        is_known = envelope["kind"] in KINDS and envelope["schema"] == 1
        if not is_known and (envelope["kind"], envelope["schema"]) != ("settlement", 2):
            stream.books.exchanged = None
            return need(told >= (total or 0), f"the grand total falls to {told}")
        shared = read_json(shared)
        payable = self.interpret(stream, name, envelope, shared, private) or 0
        self.count_deposit(envelope, shared)
        self.count_payment((name, envelope["seq"]), envelope["kind"], shared)
        need(envelope["kind"] != "sale" or "sale_id" in envelope, "a sale without its id")
        need(total is None or told == total + payable, f"the grand total is {told} and not {(total or 0) + payable}")

    def interpret(self, stream, name, envelope, shared, private):
        books, kind = stream.books, envelope["kind"]
        try:
            check_pad(envelope, shared)
            need(kind == "sale" or not books.exchanged, f"{books.exchanged} of the goods that came back pays for nothing")
            books.seq, before = envelope["seq"], len(books.moves)
            books.posted.clear()
            payable = KINDS[kind](books, name[:36], shared, private)
            if kind == "sale":
                if envelope.get("sale_id") in self.sold:
                    del books.moves[before:]  # told by another journal, too: it is settled once
                self.sold.add(envelope.get("sale_id"))
            self.watch(envelope, shared, books.posted)
            given = shared["tenders"] if kind == "refund" else []
            books.exchanged = sum(tender["amount"] for tender in given if tender["kind"] == "exchange")
            return payable
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Fault(f"the payload is no {envelope['kind']}: {error!r}") from error

    def count_deposit(self, envelope, shared):
        sale_id = envelope.get("sale_id")
        self.deposits[sale_id] += deposited(envelope["kind"], shared)
        if envelope["kind"] == "deposit_taken":
            self.ordered.add(sale_id)

    def count_payment(self, at, kind, shared):
        if kind in ("settlement", "producer_paid"):
            paid = sum(tender["amount"] for tender in shared.get("tenders", []))
            self.payments[at] = shared["producer"], paid, kind
        if kind == "producer_adjusted":
            back = sum(tender["amount"] for tender in shared.get("tenders", []))
            corrects = shared["corrects"]["stream"], shared["corrects"]["seq"]
            self.corrections.append((at, corrects, shared["producer"], back))

    def check_corrections(self):
        """What puts a settlement or a payment right names one before it, where its journal is here, and takes back what was paid there."""
        taken = set()
        for (name, seq), at, producer, back in self.corrections:
            paid_to, paid, kind = self.payments.get(at, ("nobody", 0, "nothing"))
            is_later = at[0] == name and at[1] >= seq
            if not is_later and (at[0] not in self.streams or at[1] >= self.streams[at[0]].next):
                continue
            for is_wrong, what in (
                (is_later or paid_to != producer, f"entry {at[1]} that it puts right is no earlier settlement or payment of its producer"),
                (not back and kind == "producer_paid", "nothing was settled there that more or less is owed for"),
                (back > paid, f"{back} comes back of {paid} that was paid"),
                (back and at in taken, "of that payment something came back before"),
            ):
                if is_wrong:
                    self.faults.append(f"{self.name}: {name} entry {seq}: {what}")
                    break
            taken |= {at} if back else set()

    def check_deposits(self):
        for sale_id in sorted(self.ordered):
            if self.deposits[sale_id] < 0:
                self.faults.append(f"{self.name}: sale {sale_id}: {-self.deposits[sale_id]} more of its deposit was used than paid")

    def check_settlements(self):
        """Computes every settlement again from the entries that it holds, where all of them are here."""
        settled = defaultdict(dict)
        for name, stream in self.streams.items():
            for seq, told in stream.books.settlements:
                producer, until = told["producer"], {at["stream"]: at["seq"] for at in told["until"]}
                if all(at in self.streams and self.streams[at].next > last for at, last in until.items()):
                    moves = [(at, moved[0], *moved[2:]) for at in until for moved in self.streams[at].books.moves
                             if moved[1] == producer]
                    rows = settled_rows(moves, settled[producer], until)
                    if rows != sorted(told["rows"], key=lambda row: row["product"]):
                        self.faults.append(f"{self.name}: {name} entry {seq}: the settlement is not what its entries add up to")
                settled[producer] |= until

    def read_ack(self, number, ack):
        try:
            name, seq, told = ack["stream"], ack["acked_seq"], ack["acked_hash"]
            found, line = self.streams.get(name, Stream()).hashes.get(seq, (None, 0))
            if found is None:
                return self.fault(number, name, seq, "central acknowledged it, and it is not here")
            if found != told:
                self.fault(line, name, seq, f"its hash is {found[:16]}…, and central acknowledged {told[:16]}…")
            key = self.central_key
            if key and not is_signed(key, "consign-ack-v1", ack_fields(ack), ack["signature"]):
                self.fault(number, name, seq, "central did not sign this acknowledgement")
        except (KeyError, TypeError) as error:
            raise Fault(f"this is no acknowledgement: {error!r}") from error


def verify_journal(path, central_key):
    journal = Journal(path, central_key)
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            journal.read(number, line.rstrip("\n"))
    journal.check_deposits()
    journal.check_corrections()
    if not journal.faults:
        journal.check_settlements()
    return journal


# --- Messages --------------------------------------------------------------------------------------------------------


def verify_wire(path):
    with open(path, encoding="utf-8") as file:
        wire = json.load(file)
    batch, ack, enrol, read = wire["batch"], wire["ack"]["value"], wire["enrol"]["value"], wire["read"]["value"]
    header, body = batch["header"], bytes.fromhex(batch["body_hex"])
    batch_fields = ["POST", batch["path"], wire["central_key"], ack["stream"], header["first_seq"], header["count"],
                    header["prev_hash"], header["last_hash"], sha256(body), header["device_time"]]
    enrol_fields = [enrol["code"], enrol["incarnation"], enrol["device"], enrol["predecessor"] or ""]
    read_fields = [wire["read_path"], read["stream"], read["device_time"]]
    notices = wire["notices"]["value"]
    notices_fields = [wire["notices_path"], ack["stream"], notices["central_time"]]
    for told in notices["notices"]:
        notices_fields += [told[name] for name in ("reference", "notice", "amount", "account", "booked_at")]
    checks = [
        ("batch", wire["store_key"], "consign-batch-v1", batch_fields, header),
        ("ack", wire["central_key"], "consign-ack-v1", ack_fields(ack), ack),
        ("head", wire["central_key"], "consign-ack-v1", ack_fields(wire["head"]["ack"]), wire["head"]["ack"]),
        ("enrol", enrol["public_key"], "consign-enrol-v1", enrol_fields, enrol),
        ("read", wire["store_key"], "consign-read-v1", read_fields, read),
        ("notices", wire["central_key"], "consign-notices-v1", notices_fields, notices),
    ]
    return [f"{path}: {name}: the signature does not fit" for name, key, purpose, fields, signed in checks
            if not is_signed(key, purpose, fields, signed["signature"])]


def verify_this_pack(central_key):
    folder = os.path.dirname(os.path.abspath(__file__))
    if not os.path.isfile(os.path.join(folder, "manifest.json")):
        print("name a journal: this program does not lie in a pack")
        return 2
    faults, said, notes = verify_pack(folder, Journal, central_key, is_signed)
    for line in (faults or [said]) + notes:
        print(line)
    return 1 if faults else 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", help="none for the pack that this program lies in")
    arguments.add_argument("--central-key", default="", help="checks central's signatures too; 64 hex digits")
    arguments.add_argument("--books", action="store_true", help="prints what follows from sound journals")
    arguments.add_argument("--wire", action="store_true", help="the files hold messages, not journals")
    arguments = arguments.parse_args()
    faults = []
    if not arguments.files:
        return verify_this_pack(arguments.central_key)
    for path in arguments.files:
        if arguments.wire:
            faults += verify_wire(path)
            continue
        journal = verify_journal(path, arguments.central_key)
        faults += journal.faults
        if arguments.books and not journal.faults:
            books = {name: {key: value for key, value in stream.books.sums.items() if value}
                     for name, stream in journal.streams.items()}
            print(json.dumps(books, sort_keys=True, indent=2))
        elif not journal.faults:
            entries = sum(stream.next - 1 for stream in journal.streams.values())
            print(f"{path}: {entries} entries in {len(journal.streams)} streams, nothing wrong")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
