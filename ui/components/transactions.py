"""Money in and out, who paid whom, and every row with its id."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from casegate.client import (
    Client,
    ClientError,
    Dossier,
    EvidenceKind,
    Transaction,
    TypologyFinding,
)
from ui import words
from ui.components import charts, safe
from ui.session import show_error

_ALL = "All rows"


def transactions(client: Client, dossier: Dossier) -> None:
    """Show the whole tab."""
    if dossier.transactions is None:
        safe.show(safe.paragraph("This case came without transactions."))
        return
    try:
        rows = _rows(client, dossier)
    except ClientError as error:
        show_error(error)
        return
    found = typologies(dossier)
    safe.show(_sums(rows) + _found(found))
    st.echarts_chart(
        charts.timeline(rows, found),
        height=320,
        alt="Money in and out by day; shaded spans are what the detectors found",
    )
    with st.expander("Who paid whom"):
        st.echarts_chart(
            charts.network(rows), height=460, alt="Network of accounts and counterparties"
        )
    _table(rows, found)


def typologies(dossier: Dossier) -> tuple[TypologyFinding, ...]:
    """Give what the detectors found, each once."""
    found: dict[tuple[str, str, tuple[str, ...]], TypologyFinding] = {}
    for item in dossier.of_kind(EvidenceKind.TRANSACTIONS):
        for row in item.content.get("findings", ()):
            one = TypologyFinding.model_validate(row)
            found[(one.typology, one.account, one.txn_ids)] = one
    return tuple(found.values())


def _rows(client: Client, dossier: Dossier) -> tuple[Transaction, ...]:
    assert dossier.transactions is not None  # noqa: S101 - the caller looked
    kept: dict[str, tuple[Transaction, ...]] = st.session_state.setdefault("rows", {})
    key = dossier.transactions.parquet
    if key not in kept:
        kept.clear()
        kept[key] = client.transactions(dossier.case.id)
    return kept[key]


def _sums(rows: Sequence[Transaction]) -> str:
    if not rows:
        return safe.paragraph("The file holds no rows.")
    unit = rows[0].currency
    paid_in = [r.amount for r in rows if r.direction == "in"]
    paid_out = [r.amount for r in rows if r.direction == "out"]
    first, last = min(r.booked_at for r in rows), max(r.booked_at for r in rows)
    return safe.pairs(
        [
            ("From, to", f"{words.day(first)} to {words.day(last)}"),
            ("In", f"{words.money(sum(paid_in, Decimal(0)), unit)} in {len(paid_in)} rows"),
            ("Out", f"{words.money(sum(paid_out, Decimal(0)), unit)} in {len(paid_out)} rows"),
        ]
    )


def _found(found: Sequence[TypologyFinding]) -> str:
    if not found:
        return f"<p>{safe.chip('No pattern found by any detector', 'good')}</p>"
    rows = [
        (
            words.plain(f.typology),
            f.account,
            f"{words.day(f.start)} to {words.day(f.end)}",
            f.count,
            words.money(f.total, f.currency),
        )
        for f in found
    ]
    head = ("Pattern", "Account", "Span", "Rows", "Total")
    return safe.table(head, rows, caption="What the detectors found")


def _table(rows: Sequence[Transaction], found: Sequence[TypologyFinding]) -> None:
    by_name = {f"{words.plain(f.typology)}, {words.day(f.start)}": f.txn_ids for f in found}
    # What a detector found stands first: those rows are why the case exists.
    chosen = st.selectbox("Rows", [*by_name, _ALL], key="rows-of")
    wanted = set(by_name.get(chosen, ()))
    shown = [r for r in rows if chosen == _ALL or r.id in wanted]
    st.dataframe(
        [_cells(r) for r in shown],
        hide_index=True,
        height=420 if len(shown) > 10 else "content",
        placeholder="",
        column_config={
            "In": st.column_config.NumberColumn(format="%,.2f"),
            "Out": st.column_config.NumberColumn(format="%,.2f"),
        },
        alt=f"{len(shown)} transactions with their ids",
    )


def _cells(row: Transaction) -> dict[str, object]:
    return {
        "Id": row.id,
        "Booked": row.booked_at.strftime("%Y-%m-%d %H:%M"),
        "In": float(row.amount) if row.direction == "in" else None,
        "Out": float(row.amount) if row.direction == "out" else None,
        "Currency": row.currency,
        "Channel": row.channel,
        "Other side": safe.visible(row.counterparty or row.counterparty_account),
        "Country": row.counterparty_country or "",
        "Place": safe.visible(row.place),
        "Account": row.account,
        "Text": safe.visible(row.description),
    }
