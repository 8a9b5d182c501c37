"""Receipts and invoices: who issued them, where, when, and which of their amounts is the total."""

from datetime import date

import pytest

from casegate.model.document import Band, DocumentType
from tests.documents.reading_papers import read_text, text_of, values_of
from tools.documents.grid import make_grid
from tools.documents.label_values import values_by_label
from tools.documents.library import library
from tools.documents.paper import Paper
from tools.documents.reading import Rules
from tools.documents.values.conventions import order_by_language
from tools.documents.values.dates import Order

RECEIPT = """{head}
TAX INVOICE
Invoice No: 55812
Date: {day}
Item\tQty\tAmount
Copper wire\t2\t14.00
{total}
Cash\t50.00
Change\t36.00
Thank you, please come again
"""


def receipt(head: str, day: str = "14/03/2026", total: str = "Total\t14.00") -> dict[str, str]:
    """Read a receipt with this head, day and last lines."""
    return dict(values_of(read_text(RECEIPT.format(head=head, day=day, total=total))))


@pytest.mark.parametrize(
    ("head", "issuer", "address"),
    [
        ("HARBOUR TOOLS SDN BHD\n(861234-K)\n12, Jalan Damai 3,\n81200 Johor Bahru",
         "HARBOUR TOOLS SDN BHD", "12, Jalan Damai 3, 81200 Johor Bahru"),
        ("HARBOUR TOOLS SDN BHD (861234-K)\n12, Jalan Damai 3,\n81200 Johor Bahru",
         "HARBOUR TOOLS SDN BHD", "12, Jalan Damai 3, 81200 Johor Bahru"),
        ("Harbour Tools S/B 861234-K (HT)\n12, Jalan Damai 3,\n81200 Johor Bahru",
         "Harbour Tools S/B", "12, Jalan Damai 3, 81200 Johor Bahru"),
        ("HARBOUR TOOLS\nSDN BHD\nBR No.(861234-K)\n12, Jalan Damai 3,\n81200 Johor Bahru",
         "HARBOUR TOOLS SDN BHD", "12, Jalan Damai 3, 81200 Johor Bahru"),
        ("THE LANTERN RESTAURANT\nBROOK & VALE LTD\n7 Mill Lane\nNorwich NR3 1AA",
         "BROOK & VALE LTD", "7 Mill Lane, Norwich NR3 1AA"),
        ("BROOK & VALE LTD\n14 Mar 2026 18:40\n7 Mill Lane\nNorwich NR3 1AA\n01603 555 0134",
         "BROOK & VALE LTD", "7 Mill Lane, Norwich NR3 1AA"),
        ("BROOK & VALE LTD\n(CO.REG :0861234-D)\n7 Mill Lane\nNorwich NR3 1AA\nTel: 0160355501",
         "BROOK & VALE LTD", "7 Mill Lane, Norwich NR3 1AA"),
        ("BROOK & VALE LTD\nTrading as The Lantern\n7 Mill Lane\nNorwich NR3 1AA",
         "BROOK & VALE LTD", "7 Mill Lane, Norwich NR3 1AA"),
    ],
)  # fmt: skip
def test_a_receipts_head_names_its_company_and_where_it_is(
    head: str, issuer: str, address: str
) -> None:
    values = receipt(head)
    assert (values["issuer"], values["issuer_address"]) == (issuer, address)


@pytest.mark.parametrize(
    ("total", "read"),
    [
        ("Total Incl. GST@6%\tRM 14.00", "14.00"),
        ("Total incl. VAT 20 %\t14.00", "14.00"),
        ("Total:\t0.00\nTotal Sales: 14.00", "14.00"),
        ("Rounding\t0.00\nDue\t14.00", "14.00"),
        ("Total\t13.98\nGrand Total\t14.00", "14.00"),
        ("Total Qty\t2\nTotal\t14.00", "14.00"),
        ("Total includes 6% GST\t0.84", None),
        ("Total\t12.00\t2.00\t14.00", "14.00"),
        ("Change Due\t36.00", None),
    ],
)
def test_the_total_is_the_amount_to_pay(total: str, read: str | None) -> None:
    assert receipt("BROOK & VALE LTD", total=total).get("total") == read


def test_one_of_several_amounts_in_a_row_is_for_a_person() -> None:
    text = RECEIPT.format(head="BROOK & VALE LTD", day="14/03/2026", total="Total\t12.00\t14.00")
    total = next(field for field in read_text(text).fields if field.name == "total")
    assert total.band is Band.CHECK


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Receipt of HARBOUR TOOLS SDN BHD, date 03/02/2026", Order.DAY_FIRST),
        ("Receipt, date 03/02/2026, total RM 14.00", Order.DAY_FIRST),
        ("Receipt of Brook Pty Ltd, date 03/02/2026", Order.DAY_FIRST),
        ("Receipt, Austin, TX 78701, date 03/02/2026", Order.MONTH_FIRST),
        ("Receipt CS 24198, date 03/02/2026", None),
        ("Receipt, Austin, TX 78701, total MYR 14.00, date 03/02/2026", None),
        ("Receipt, date 03/02/2026, RMA 5512", None),
    ],
)
def test_the_order_of_a_receipts_day_follows_where_it_was_given(
    text: str, order: Order | None
) -> None:
    assert order_by_language(text).order is order


def test_a_day_that_only_the_country_orders_is_for_a_person() -> None:
    text = RECEIPT.format(head="HARBOUR TOOLS SDN BHD", day="03/02/26", total="Total\tRM 14.00")
    day = next(field for field in read_text(text).fields if field.name == "issue_date")
    assert (day.normalised, day.band) == ("2026-02-03", Band.CHECK)


def test_the_one_day_of_an_old_receipt_is_its_own() -> None:
    text = RECEIPT.format(head="BROOK & VALE LTD\n14 Mar 2018 18:40", day="", total="Total\t14.00")
    assert values_of(read_text(text))["issue_date"] == "2018-03-14"


def test_an_amount_beside_its_label_is_read_where_captions_stand_below() -> None:
    words = library()
    schema = words.of(DocumentType.INVOICE)
    assert schema is not None
    text = "Rounding\t0.00\nTOTAL\t71.00\nCash\t100.00"
    rules = Rules(date(2026, 11, 8), words.shared)
    paper = Paper(make_grid(text_of(text), text, words), schema, words, rules, captions=True)
    (total,) = values_by_label(paper)
    assert (total.normalised, total.doubtful) == ("71.00", True)
