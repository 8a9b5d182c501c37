"""Bank statements, payslips, invoices and receipts."""

from datetime import date, timedelta
from decimal import Decimal

from evals.papers.draft import Draft, Head, Lines, Table, cents
from evals.papers.numbers import iban, spaced
from evals.papers.paper import Planted
from evals.papers.people import Person, a_company, a_person
from evals.papers.pools import options, table
from evals.papers.setting import Setting

STATEMENT_PLANTS = ("statement_total", "statement_running")


def bank_statement(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a statement with running balance, over several pages at times."""
    rng, who = setting.rng, who or a_person(setting)
    draft = Draft("bank_statement", setting, form=rng.choice(("two_columns", "signed")))
    end = setting.recent(60).replace(day=1) - timedelta(days=1)
    start = end.replace(day=1)
    street, _, town = who.address.rpartition(", ")
    draft.add(Head(draft.say("issuer", setting.issuer("bank")), draft.label("statement")))
    draft.add(Lines((draft.say("name", who.name), street, town)))
    draft.say("address", who.address)
    account = iban(rng, setting.code if setting.code != "US" else "GB")
    rows = [("account_holder", who.name)] if rng.random() < 0.7 else []
    if setting.code == "US":
        number = f"990{rng.randint(1_000_000, 9_999_999)}"
        rows.append(("account_number", draft.say("account_number", number)))
    else:
        draft.unjudged.add("account_number")
        rows.append(("iban", draft.say("iban", spaced(account), account)))
    opening = cents(rng.randint(20_000, 900_000))
    entries = _entries(setting, start, end, rng.choice((6, 9, 14, 14, 38)))
    rows += [
        ("period", f"{draft.day('period_start', start)} - {draft.day('period_end', end)}"),
        ("statement_date", draft.day("issue_date", end + timedelta(days=rng.randint(1, 3)))),
        ("opening", draft.money("opening_balance", opening)),
    ]
    draft.unjudged.add("currency")
    draft.pairs(rows)
    closing = _table(draft, opening, entries, plant)
    draft.pairs([("closing", draft.money("closing_balance", closing))])
    return draft


def _entries(
    setting: Setting, start: date, end: date, count: int
) -> list[tuple[date, str, Decimal]]:
    rng = setting.rng
    texts = options(table("issuers", setting.held)["entries"][setting.language])
    days = sorted(start + timedelta(days=rng.randint(0, (end - start).days)) for _ in range(count))
    entries = []
    for day in days:
        index = rng.randrange(len(texts))
        amount = cents(rng.randint(140_000, 420_000) if index == 1 else -rng.randint(700, 95_000))
        entries.append((day, texts[index], amount))
    return entries


def _table(
    draft: Draft, opening: Decimal, entries: list[tuple[date, str, Decimal]], plant: str
) -> Decimal:
    setting, rows, balance = draft.setting, [], opening
    wrong = setting.rng.randrange(1, len(entries)) if plant == "statement_running" else -1
    for index, (day, text, amount) in enumerate(entries):
        balance += amount
        shown = balance + (cents(setting.rng.randint(2_000, 90_000)) if index == wrong else 0)
        rows.append((setting.day(day), text, *_amounts(draft, amount), setting.number(shown)))
        if index == wrong:
            draft.planted.append(Planted("statement_running", f"row {index + 1}"))
    two = draft.form == "two_columns"
    names = ("money_out", "money_in") if two else ("amount",)
    head = tuple(draft.label(name) for name in ("day", "details", *names, "balance"))
    widths = (0.2, 0.32, 0.16, 0.16, 0.16) if two else (0.22, 0.38, 0.2, 0.2)
    draft.add(Table(head, tuple(rows), widths, amounts=len(names) + 1))
    if plant == "statement_total":
        by = cents(setting.rng.randint(10_000, 900_000))
        draft.planted.append(Planted("statement_total", f"{by:.2f}"))
        return balance + by
    return balance


def _amounts(draft: Draft, amount: Decimal) -> tuple[str, ...]:
    printed = draft.setting.number(abs(amount))
    if draft.form == "two_columns":
        return ("", printed) if amount > 0 else (printed, "")
    return (f"+{printed}" if amount > 0 else f"-{printed}",)


def payslip(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make a payslip."""
    rng, who = setting.rng, who or a_person(setting)
    draft = Draft("payslip", setting, form=rng.choice(("head", "labels")))
    draft.unjudged |= {"period_start", "period_end", "tax_number"}
    employer = a_company(setting)
    end = setting.recent(70).replace(day=1) - timedelta(days=1)
    paid = draft.day("pay_date", end - timedelta(days=rng.randint(0, 3)))
    gross = cents(rng.randint(190_000, 720_000))
    tax, social = _share(gross, rng.randint(9, 27)), _share(gross, rng.randint(6, 20))
    net = gross - tax - social
    # Most payslips print deductions without a sign, in a column or a part of their own.
    sign = 1 if setting.held and rng.random() < 0.7 else -1
    rows = [
        ("employee", draft.say("name", who.name)),
        ("staff_number", draft.say("employee_number", str(rng.randint(1_000, 99_999)))),
        ("pay_period", f"{setting.day(end.replace(day=1))} - {setting.day(end)}"),
        ("pay_date", paid),
    ]
    named = draft.say("employer", employer.name)
    if draft.form == "labels":
        draft.add(Head(draft.label("payslip")))
        rows.insert(0, ("employer", named))
    else:
        draft.add(Head(named, draft.label("payslip")))
        draft.add(Lines((employer.address,)))
    draft.pairs(rows)
    draft.add(
        Table(
            (draft.label("item"), draft.label("amount")),
            (
                (draft.label("base_pay"), setting.money(gross)),
                (draft.label("gross"), draft.money("gross_pay", gross)),
                (draft.label("income_tax"), setting.money(sign * tax)),
                (draft.label("social"), setting.money(sign * social)),
                (draft.label("net"), draft.money("net_pay", net)),
            ),
            (0.65, 0.35),
        )
    )
    if setting.code != "US" and rng.random() < 0.5:
        account = iban(rng, setting.code)
        draft.pairs([("iban", draft.say("iban", spaced(account), account))])
    return draft


def _share(amount: Decimal, percent: int) -> Decimal:
    return (amount * percent / 100).quantize(Decimal("0.01"))


def invoice(setting: Setting, who: Person | None = None, plant: str = "") -> Draft:
    """Make an invoice, or a receipt on a narrow strip."""
    rng, seller, buyer = setting.rng, a_company(setting), who or a_person(setting)
    draft = Draft("invoice", setting, form=rng.choice(("invoice", "invoice", "receipt")))
    draft.unjudged |= {"vat_number", "iban", "currency", "issuer_address", "customer"}
    draft.add(Head(draft.say("issuer", seller.name), draft.label(draft.form)))
    draft.add(Lines((draft.say("issuer_address", seller.address),)))
    number = f"{rng.choice(('INV', 'R', 'F', ''))}{rng.randint(2026000, 2026999)}".lstrip()
    if draft.form == "invoice":
        street, _, town = buyer.address.rpartition(", ")
        window = (draft.say("customer", buyer.name), street, town)
        draft.add(Lines(window, right=rng.random() < 0.5))
    goods = options(table("issuers", setting.held)["goods"][setting.language])
    draft.pairs(
        [
            ("invoice_number", draft.say("invoice_number", number)),
            ("invoice_date", draft.day("issue_date", setting.recent())),
        ]
    )
    chosen = rng.sample(goods, rng.randint(1, 3))
    lines = [(g, str(rng.randint(1, 4)), cents(rng.randint(900, 90_000))) for g in chosen]
    net = sum((amount for _, _, amount in lines), Decimal(0))
    vat = _share(net, rng.choice((19, 20, 21, 22, 23)))
    rows = [(g, n, setting.money(a)) for g, n, a in lines]
    rows += [
        (draft.label("net_total"), "", setting.money(net)),
        (draft.label("vat"), "", setting.money(vat)),
        (draft.label("total"), "", draft.money("total", net + vat)),
    ]
    head = tuple(draft.label(name) for name in ("item", "quantity", "amount"))
    draft.add(Table(head, tuple(rows), (0.5, 0.15, 0.35)))
    return draft
