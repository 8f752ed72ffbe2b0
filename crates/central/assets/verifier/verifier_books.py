"""What the payloads of a journal do to accounts and stock, and the rules that they keep: the half of verifier.py that knows
crates/protocol/README.md from "Payloads, schema 1" on."""

import hashlib
import re
import uuid
from collections import defaultdict

DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
WHOLE = 1_000_000
ACCOUNTS = {
    "cash": "cash", "vietqr": "bank", "card": "card", "claimed": "claimed", "credit": "receivable",
    "exchange": "exchange", "deposit": "deposits",
}
MONEY = ("cash", "vietqr", "card")


class Fault(Exception):
    """What is wrong, as a sentence."""


def need(is_so, fault):
    if not is_so:
        raise Fault(fault)


# --- Money -----------------------------------------------------------------------------------------------------------


def rounded(numerator, denominator):
    """Half away from zero; the denominator is positive."""
    result = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -result if numerator < 0 else result


def tax_inside(total, ppm):
    return rounded(total * ppm, WHOLE + ppm)


def split(line):
    """Returns what a consigned line is worth: to the producer, as commission, as tax on it."""
    terms, gross = line["terms"], line["gross"]
    paid = gross - line["discount"]
    commission = rounded({"gross": gross, "net": paid}[terms["basis"]] * terms["commission_ppm"], WHOLE)
    tax = rounded(commission * terms["commission_tax_ppm"], WHOLE)
    due = {"store": gross, "producer": paid}[terms["discount_bearer"]] - commission - tax
    return due, paid - due - tax, tax


def unreceived_lot(store, product):
    digest = hashlib.sha1(uuid.UUID(store).bytes + uuid.UUID(product).bytes).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


class Books:
    """What facts do to accounts and stock: debits and arrivals positive."""

    def __init__(self):
        self.sums = defaultdict(int)
        # What the entry that is read posted: accounts, and "shelf" for all goods there.
        self.posted = defaultdict(int)
        # What the refund just read gave for the goods of the next entry; None after an entry that was not understood.
        self.exchanged = 0
        # The entry that is read, and what each did to producers' goods: entry, producer, product, column of a settlement,
        # quantity, money.
        self.seq, self.moves, self.settlements = 0, [], []

    def consigned(self, producer, product, column, quantity, **money):
        if producer:
            self.moves.append((self.seq, producer, product, column, quantity, money))

    def money(self, account, amount):
        self.sums[account] += amount
        self.posted[account] += amount

    def moved(self, tenders, away_from):
        """Money that changes hands; anything else cannot come or go by itself."""
        for tender in tenders:
            need(tender["amount"] > 0, "a tender is not above zero")
            need(tender["kind"] in MONEY, f"{tender['kind']} is no money that came or went")
            self.money(away_from, -tender["amount"])
            self.money(ACCOUNTS[tender["kind"]], tender["amount"])

    def goods(self, product, lot, come_from, go_to, quantity):
        self.sums[f"{product}/{lot}/{come_from}"] -= quantity
        self.sums[f"{product}/{lot}/{go_to}"] += quantity
        self.posted["shelf"] += quantity * ((go_to == "shelf") - (come_from == "shelf"))

    def sold(self, line):
        total = line["gross"] - line["discount"]
        if "terms" in line:
            due, commission, tax = split(line)
            self.money(f"producer_due {line['terms']['producer']}", -due)
            self.money("commission", -commission)
            self.money("tax", -tax)
            money = {"gross": line["gross"], "discount": line["discount"], "commission": commission, "due": due}
            self.consigned(line["terms"]["producer"], line["product"], "sold", line["quantity"], commission_tax=tax,
                           ppm=line["terms"]["commission_ppm"], **money)
        else:
            self.money("sales", line["tax"] - total)
            self.money("tax", -line["tax"])
        self.goods(line["product"], line["lot"], "shelf", "customer", line["quantity"])

    def refunded(self, line):
        if "terms" in line:
            due, commission, tax = (line["split"][part] for part in ("producer_due", "commission", "commission_tax"))
            self.money(f"producer_due {line['terms']['producer']}", due)
            self.money("commission", commission)
            self.money("tax", tax)
            producer, product, quantity = line["terms"]["producer"], line["product"], line["quantity"]
            money = {"gross": -line["gross"], "discount": -line["discount"], "commission": -commission, "due": -due}
            self.consigned(producer, product, "refunded", quantity, commission_tax=-tax,
                           ppm=line["terms"]["commission_ppm"], **money)
            if line["back_to"] == "waste":
                theirs = line.get("by_producer", 0)
                self.lost(producer, product, theirs, quantity - theirs, line.get("compensation", 0))
        else:
            self.money("sales", line["gross"] - line["discount"] - line["tax"])
            self.money("tax", line["tax"])
        self.goods(line["product"], line["lot"], "customer", line["back_to"], line["quantity"])

    def came_in(self, line, come_from, quantity, store):
        product, covers = line["product"], line.get("covers_unreceived", 0)
        need(0 <= covers <= quantity, f"lot {line['lot']} has a wrong quantity")
        self.goods(product, line["lot"], come_from, "shelf", quantity)
        self.goods(product, line["lot"], "shelf", "repacked", covers)
        self.goods(product, unreceived_lot(store, product), "repacked", "shelf", covers)

    def compensated(self, producer, owed):
        if owed:
            self.money(f"producer_due {producer}", -owed)
            self.money("losses", owed)

    def lost(self, producer, product, theirs, rest, owed):
        """What the producer bears of lost goods, and the rest, which the operator bears where something is owed for it."""
        self.consigned(producer, product, "lost_by_producer", theirs)
        column = "lost_by_operator" if owed else "lost_by_producer"
        self.consigned(producer, product, column, rest, compensation=owed, due=owed)
        self.compensated(producer, owed)


# --- Payloads, schema 1 ----------------------------------------------------------------------------------------------


def check_line(line, number, store):
    total = line["gross"] - line["discount"]
    need(line["quantity"] > 0, f"line {number} has quantity {line['quantity']}")
    need(min(line["gross"], line["discount"], total) >= 0, f"line {number} has a negative amount")
    need(0 <= line["tax_ppm"] <= WHOLE, f"line {number} has a rate above 100 %")
    tax = tax_inside(total, line["tax_ppm"])
    need(line["tax"] == tax, f"line {number} has VAT {line['tax']} and not {tax}")
    is_unreceived = line["lot"] == unreceived_lot(store, line["product"])
    need(line.get("unreceived", False) == is_unreceived, f"line {number} names a lot that is not its own")
    need(line.get("combo", {}).get("product") != line["product"], f"line {number} is a part of itself")
    if "terms" in line:
        rates = line["terms"]["commission_ppm"], line["terms"]["commission_tax_ppm"]
        need(all(0 <= ppm <= WHOLE for ppm in rates), f"line {number} has a commission above 100 %")
        need(sum(split(line)) == total, f"line {number} is not divided without rest")
    return total


def sale(books, store, shared, private):
    total = sum(check_line(line, number, store) for number, line in enumerate(shared["lines"], 1))
    other, payable = shared["other"], shared["payable"]
    need(other["gross"] >= 0, "the other lines are negative")
    need(total + other["gross"] + shared["rounding"] == payable, f"the lines do not add up to {payable}")
    need(all(tender["amount"] > 0 for tender in shared["tenders"]), "a tender is not above zero")
    kept = sum(tender["amount"] for tender in shared["tenders"])
    need(kept == payable == shared["tendered"] - shared["change"], f"what was kept is not {payable}")
    exchanged = sum(tender["amount"] for tender in shared["tenders"] if tender["kind"] == "exchange")
    need(books.exchanged in (None, exchanged), f"{exchanged} is paid by goods that are worth {books.exchanged}")
    for tender in shared["tenders"]:
        books.money(ACCOUNTS[tender["kind"]], tender["amount"])
    for line in shared["lines"]:
        books.sold(line)
    books.money("other", -other["gross"])
    books.money("rounding", -shared["rounding"])
    if private is not None:
        outside(books, store, other, private.get("lines", []))
    return payable


def outside(books, store, other, lines):
    """The lines that only the store knows; the department sees their sums."""
    total = sum(check_line(line, f"{number} outside the programme", store) for number, line in enumerate(lines, 1))
    need(total == other["gross"], f"the lines outside the programme add up to {total} and not {other['gross']}")
    taxes = defaultdict(int)
    for line in lines:
        taxes[line["tax_class"], line["tax_ppm"]] += line["tax"]
        books.sold(line)
    told = {(tax["class"], tax["ppm"]): tax["tax"] for tax in other.get("taxes", [])}
    need(taxes == told, "the VAT of the lines outside the programme is not theirs")
    books.money("other", total)


def check_refund_line(line, number, store):
    total = line["gross"] - line["discount"]
    need(line["quantity"] > 0, f"line {number} has quantity {line['quantity']}")
    need(min(line["discount"], total, line["tax"]) >= 0, f"line {number} has a negative amount")
    need(line["back_to"] in ("shelf", "waste"), f"line {number} came back to {line['back_to']}")
    is_unreceived = line["lot"] == unreceived_lot(store, line["product"])
    need(line.get("unreceived", False) == is_unreceived, f"line {number} names a lot that is not its own")
    need(line.get("combo", {}).get("product") != line["product"], f"line {number} is a part of itself")
    need(("terms" in line) == ("split" in line), f"line {number} is not divided as it was sold")
    theirs, owed = line.get("by_producer", 0), line.get("compensation", 0)
    is_lost = line["back_to"] == "waste" and "terms" in line
    need(theirs == owed == 0 or (is_lost and owed > 0 and 0 <= theirs < line["quantity"]),
         f"nobody is owed {owed} for line {number}")
    need(sum(line.get("split", {"": total}).values()) == total, f"line {number} is not divided without rest")
    return total


def refund(books, store, shared, private):
    """Goods that came back. What they were worth is told by their sale, perhaps in another journal."""
    total = sum(check_refund_line(line, number, store) for number, line in enumerate(shared["lines"], 1))
    other, paid = shared["other"], shared["paid"]
    need(other["gross"] >= 0, "the other lines are negative")
    need(total + other["gross"] + shared["rounding"] == paid, f"the lines do not add up to {paid}")
    need(all(tender["amount"] > 0 for tender in shared["tenders"]), "a tender is not above zero")
    need(sum(tender["amount"] for tender in shared["tenders"]) == paid, f"what went out is not {paid}")
    for tender in shared["tenders"]:
        need(tender["kind"] != "deposit", "a deposit does not come back with goods")
        books.money(ACCOUNTS[tender["kind"]], -tender["amount"])
    for line in shared["lines"]:
        books.refunded(line)
    books.money("other", other["gross"])
    books.money("rounding", shared["rounding"])
    if private is not None:
        lines = private.get("lines", [])
        total = sum(check_refund_line(line, f"{n} outside the programme", store) for n, line in enumerate(lines, 1))
        need(total == other["gross"], f"the lines outside the programme add up to {total} and not {other['gross']}")
        for line in lines:
            books.refunded(line)
        books.money("other", -total)


def goods_in(books, store, shared, private):
    for line in shared["lines"] + ((private or {}).get("lines", [])):
        need(line["quantity"] > 0, f"lot {line['lot']} has a wrong quantity")
        books.came_in(line, "producer", line["quantity"], store)
        books.consigned(line.get("producer"), line["product"], "received", line["quantity"])
    for goods in shared.get("missing", []) + (private or {}).get("missing", []):
        need(goods["noted"] > 0, f"the note names none of {goods['product']}")


def goods_out(books, _store, shared, private):
    lines = [(shared["cause"], line) for line in shared["lines"]]
    lines += [(private["cause"], line) for line in (private or {}).get("lines", [])]
    for cause, line in lines:
        owed, producer = line.get("compensation", 0), line.get("producer")
        need(cause in ("returned", "damaged", "expired", "lost", "tasted"), f"goods do not go because they are {cause}")
        need(line["quantity"] > 0, f"lot {line['lot']} has a wrong quantity")
        need(owed == 0 or (owed > 0 and producer and cause != "returned"), f"nobody is owed {owed} for lot {line['lot']}")
        books.goods(line["product"], line["lot"], "shelf", "producer" if cause == "returned" else "waste", line["quantity"])
        column = "returned" if cause == "returned" else "lost_by_operator" if owed else "lost_by_producer"
        books.consigned(producer, line["product"], column, line["quantity"], compensation=owed, due=owed)
        books.compensated(producer, owed)


def goods_count(books, store, shared, private):
    for products in (shared["products"], (private or {}).get("products", [])):
        named = [product["product"] for product in products]
        need(len(set(named)) == len(named), "a product is counted twice")
        for product in products:
            of, lots = product["product"], product.get("lots", [])
            found, off = product["counted"] - product["expected"], sum(lot["quantity"] for lot in lots)
            need(product["counted"] >= 0, f"less than nothing was counted of {of}")
            need(found == off, f"the lots of {of} add up to {off} and not {found}")
            for lot in lots:
                owed, producer, quantity = lot.get("compensation", 0), lot.get("producer"), lot["quantity"]
                need(quantity != 0, f"lot {lot['lot']} has a wrong quantity")
                need(owed == 0 or (owed > 0 and producer and quantity < 0), f"nobody is owed {owed} for lot {lot['lot']}")
                is_unreceived = lot["lot"] == unreceived_lot(store, of)
                need(lot.get("unreceived", False) == is_unreceived, f"a lot of {of} is not its own")
                books.goods(of, lot["lot"], "waste", "shelf", quantity)
                books.consigned(producer, of, "counted", quantity, compensation=owed, due=owed)
                books.compensated(producer, owed)


def transfer_out(books, _store, shared, _private):
    for line in shared["lines"]:
        need(line["quantity"] > 0, f"lot {line['lot']} has a wrong quantity")
        books.goods(line["product"], line["lot"], "shelf", "in_transit", line["quantity"])
        books.consigned(line.get("producer"), line["product"], "transferred", -line["quantity"])


def transfer_in(books, store, shared, _private):
    for line in shared["lines"]:
        producer, product, sent, arrived = line.get("producer"), line["product"], line["quantity"], line["arrived"]
        missing, owed = sent - arrived, line.get("compensation", 0)
        need(sent > 0 and arrived >= 0, f"lot {line['lot']} has a wrong quantity")
        need(owed == 0 or (owed > 0 and producer and missing > 0), f"nobody is owed {owed} for lot {line['lot']}")
        theirs = line.get("by_producer", 0)
        need(theirs == 0 or (owed > 0 and 0 < theirs < missing), f"{theirs} of lot {line['lot']} is no part of what is missing")
        books.goods(product, line["lot"], "in_transit", "waste", missing)
        books.came_in(line, "in_transit", arrived, store)
        books.consigned(producer, product, "transferred", sent)
        if missing < 0:
            books.consigned(producer, product, "counted", -missing)
        else:
            books.lost(producer, product, theirs, missing - theirs, owed)


def repack(books, store, shared, private):
    for goods in (shared.get("goods"), (private or {}).get("goods")):
        if goods is None:
            continue
        used, made, loss = goods["used"], goods["made"], goods.get("loss_grams", 0)
        need(used and made and loss >= 0, "nothing was packed anew")
        lots = [line["lot"] for line in used + made]
        need(len(set(lots)) == len(lots), "a lot stands twice in it")
        need(all(min(line["quantity"], line["grams"]) > 0 for line in used + made), "a lot has a wrong quantity")
        went, came = sum(line["grams"] for line in used), sum(line["grams"] for line in made) + loss
        need(went == came, f"{went} g went in, and {came} g came out or were lost")
        for line in used:
            books.goods(line["product"], line["lot"], "shelf", "repacked", line["quantity"])
            theirs, ours = line.get("lost_by_producer", 0), line.get("lost_by_operator", 0)
            owed, producer = line.get("compensation", 0), goods.get("producer")
            need(theirs == ours == owed == 0 or (loss > 0 and producer and min(theirs, ours, owed) >= 0 and (owed > 0) == (ours > 0)
                 and theirs + ours <= line["quantity"]), f"nobody is owed {owed} for lot {line['lot']}")
            books.consigned(producer, line["product"], "repacked", theirs + ours - line["quantity"])
            books.lost(producer, line["product"], theirs, ours, owed)
        for line in made:
            books.came_in(line, "repacked", line["quantity"], store)
            books.consigned(goods.get("producer"), line["product"], "repacked", line["quantity"])


def shift_open(books, _store, shared, _private):
    books.money("float", -shared["float"])
    books.money("cash", shared["float"])


def shift_close(books, _store, shared, _private):
    over = shared["counted"] - shared["expected"]
    books.money("cash_over_short", -over)
    books.money("cash", over - shared["float"])
    books.money("float", shared["float"])


def cash_moved(books, _store, shared, _private):
    books.money("operator", -shared["amount"])
    books.money("cash", shared["amount"])


def tender_confirmed(books, _store, shared, _private):
    need(shared["from"] in ("claimed", "credit"), f"nothing waits as {shared['from']}")
    books.moved(shared["tenders"], ACCOUNTS[shared["from"]])


def deposit_taken(books, _store, shared, _private):
    need(DATE.fullmatch(shared["due"]), f"{shared['due']} is no day")
    books.moved(shared["tenders"], "deposits")


def deposit_returned(books, _store, shared, _private):
    kept = shared.get("kept", 0)
    need(kept >= 0, f"{kept} cannot be kept")
    for tender in shared["tenders"]:
        need(tender["amount"] > 0 and tender["kind"] in MONEY, f"no {tender['amount']} by {tender['kind']} goes back")
        books.money(ACCOUNTS[tender["kind"]], -tender["amount"])
        books.money("deposits", tender["amount"])
    books.money("deposits", kept)
    books.money("forfeited", -kept)



def paid_to(books, producer, tenders):
    for tender in tenders:
        need(tender["amount"] > 0 and tender["kind"] in ("cash", "vietqr"), f"no {tender['kind']} is paid to a producer")
        books.money(ACCOUNTS[tender["kind"]], -tender["amount"])
        books.money(f"producer_due {producer}", tender["amount"])


def producer_paid(books, _store, shared, _private):
    need(shared["tenders"], "nothing is paid")
    paid_to(books, shared["producer"], shared["tenders"])


def producer_adjusted(books, store, shared, _private):
    producer, amount, tenders = shared["producer"], shared["amount"], shared.get("tenders", [])
    need(amount != 0 and shared["reason"].strip(), "nothing is put right, or nobody says why")
    need(shared["corrects"]["stream"][:36] == store and shared["corrects"]["seq"] > 0, "it puts right nothing of this store")
    for tender in tenders:
        need(tender["amount"] > 0 and tender["kind"] in ("cash", "vietqr"), f"no {tender['kind']} comes back from a producer")
        books.money(ACCOUNTS[tender["kind"]], tender["amount"])
    back = sum(tender["amount"] for tender in tenders)
    need(not tenders or back == amount, f"{back} came back, and {amount} is owed again")
    books.money(f"producer_due {producer}", -amount)
    books.money("adjustments", amount - back)


CAME = ("opening", "received", "refunded", "counted", "transferred", "repacked")
WENT = ("sold", "returned", "lost_by_producer", "lost_by_operator")
KEPT = ("discount", "commission", "commission_tax")


def settlement(books, _store, shared, _private):
    if isinstance(shared["rows"], dict):
        shared["rows"] = table_rows(**shared["rows"])
    for row in shared["rows"]:
        of = {name: row.get(name, 0) for name in (*CAME, *WENT, *KEPT, "closing", "gross", "compensation", "due")}
        left = sum(of[name] for name in CAME) - sum(of[name] for name in WENT)
        need(left == of["closing"], f"of {row['product']} {left} are left and not {of['closing']}")
        due = of["gross"] + of["compensation"] - sum(of[name] for name in KEPT)
        need(due == of["due"], f"for {row['product']} {due} is owed and not {of['due']}")
    due = sum(row.get("due", 0) for row in shared["rows"])
    need(due == shared["due"], f"the rows add up to {due} and not {shared['due']}")
    paid_to(books, shared["producer"], shared.get("tenders", []))
    books.settlements.append((books.seq, shared))


def table_rows(columns, values):
    """Returns the rows of version 2, which names the columns once, as version 1 spells them: what is zero is left out."""
    need(all(len(row) == len(columns) for row in values), "a row has other columns than its table")
    return [{name: value for name, value in zip(columns, row) if value} for row in values]


def settled_rows(moves, settled, until):
    """Returns the rows of a settlement: moves of (stream, entry, product, column, quantity, money), of which those up to
    `settled` make the opening and those after it, up to `until`, the rest."""
    rows = defaultdict(lambda: defaultdict(int))
    for stream, seq, product, column, quantity, money in moves:
        if seq > until.get(stream, 0):
            continue
        row, way = rows[product], 1 if column in CAME else -1
        row["closing"] += way * quantity
        if seq <= settled.get(stream, 0):
            row["opening"] += way * quantity
            continue
        row[column] += quantity
        for name, amount in money.items():
            if name == "ppm":
                row["commission_ppm"] = sorted({*(row["commission_ppm"] or []), amount})
            else:
                row[name] += amount
    found = [{"product": product} | {name: value for name, value in row.items() if value} for product, row in rows.items()]
    return sorted((row for row in found if len(row) > 1), key=lambda row: row["product"])


def deposited(kind, shared):
    """Returns what an entry adds to the deposit of its sale id, or takes from it."""
    if kind == "sale":
        return -sum(tender["amount"] for tender in shared["tenders"] if tender["kind"] == "deposit")
    if kind in ("deposit_taken", "deposit_returned"):
        amount = sum(tender["amount"] for tender in shared["tenders"]) + shared.get("kept", 0)
        return amount if kind == "deposit_taken" else -amount
    return 0


def terms(_books, _store, shared, _private):
    row = shared["terms"]
    need(row["basis"] in ("gross", "net"), f"a commission is no part of {row['basis']}")
    need(row.get("mode", "bought") == "bought", f"goods do not come in as {row.get('mode')}")
    need(DATE.fullmatch(row["valid_from"]), f"{row['valid_from']} is no day")
    for who in (row["discount_bearer"], row.get("loss_bearer", "store"), row.get("expiry_bearer", "store")):
        need(who in ("store", "producer"), f"{who} bears nothing")
    for ppm in (row["commission_ppm"], row.get("shrinkage_ppm", 0)):
        need(0 <= ppm <= WHOLE, f"{ppm} is above 100 %")
    need(0 <= row.get("return_days", 0) <= 365, "goods do not come back after a year")
    need(1 <= row.get("agreed_after_days", 1) <= 365, "nobody waits so long for an answer")
    need(isinstance(row.get("ends", True), bool), "a contract ends or does not")


SILENT = ("genesis", "provisional_product", "provisional_producer", "reprint", "clock_changed", "drawer")
KINDS = dict.fromkeys(SILENT, lambda *_: None) | {
    "sale": sale, "goods_in": goods_in, "goods_out": goods_out, "goods_count": goods_count, "shift_open": shift_open,
    "shift_close": shift_close, "cash_moved": cash_moved, "refund": refund, "void": refund, "tender_confirmed": tender_confirmed,
    "deposit_taken": deposit_taken, "deposit_returned": deposit_returned, "settlement": settlement,
    "producer_paid": producer_paid, "producer_adjusted": producer_adjusted, "transfer_out": transfer_out,
    "transfer_in": transfer_in, "repack": repack, "terms": terms,
}
