"""Charts of transactions as ECharts options: plain data in, plain data out."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from casegate.client import Transaction, TypologyFinding
from ui import words
from ui.components.safe import visible

Options = dict[str, Any]
"""An ECharts option object, JSON-ready."""

# Blue and orange stay apart for colour-blind readers, on light and on dark ground.
IN, OUT, MARK = "#3b82f6", "#e08a1e", "rgba(220, 38, 38, 0.13)"
_NODES = 30
"""Counterparties in the network; the rest is drawn as one."""


def timeline(rows: Sequence[Transaction], findings: Sequence[TypologyFinding]) -> Options:
    """Draw money in and out by day, with the span of each finding shaded."""
    days: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in rows:
        days[row.booked_at.date().isoformat()][row.direction == "out"] += row.amount
    spans = [
        [
            {"name": words.plain(f.typology), "xAxis": f.start.isoformat()},
            {"xAxis": f"{f.end.isoformat()}T23:59:59"},
        ]
        for f in findings
    ]
    shade = {
        "silent": True,
        "itemStyle": {"color": MARK},
        "label": {"position": "top", "color": "#ef4444", "fontSize": 11},
        "data": spans,
    }
    return {
        "legend": {"data": ["In", "Out"], "top": 0},
        "grid": {"left": 8, "right": 16, "top": 56, "bottom": 48, "containLabel": True},
        "tooltip": {"trigger": "axis", "valueFormatter": "%,.2f"},
        "dataZoom": [{"type": "slider", "height": 18, "bottom": 8} | _focus(findings)],
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value"},
        "series": [
            _bars("In", IN, [[d, float(pair[0])] for d, pair in sorted(days.items())], shade),
            _bars("Out", OUT, [[d, -float(pair[1])] for d, pair in sorted(days.items())], None),
        ],
    }


def _focus(findings: Sequence[TypologyFinding]) -> Options:
    """Open the chart on what was found, with two months before it; on everything otherwise."""
    if not findings:
        return {}
    first = min(f.start for f in findings) - timedelta(days=60)
    return {"startValue": first.isoformat()}


def _bars(name: str, colour: str, data: list[list[Any]], shade: Options | None) -> Options:
    series: Options = {
        "name": name,
        "type": "bar",
        "stack": "day",
        "barMinWidth": 2,
        "barMaxWidth": 14,
        "itemStyle": {"color": colour},
        "data": data,
    }
    return series | ({"markArea": shade} if shade else {})


def network(rows: Sequence[Transaction]) -> Options:
    """Draw who paid whom: accounts of the case in the middle, arrows with totals."""
    flows: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in rows:
        other = other_side(row)
        ends = (other, row.account) if row.direction == "in" else (row.account, other)
        flows[ends].append(row.amount)
    shown = _largest(flows)
    accounts = {row.account for row in rows}
    unit = rows[0].currency if rows else ""
    largest = max((float(sum(a)) for a in shown.values()), default=1.0) or 1.0
    nodes = sorted({end for ends in shown for end in ends})
    return {
        "tooltip": {},
        "series": [
            {
                "type": "graph",
                "layout": "force",
                "roam": True,
                "draggable": True,
                "force": {"repulsion": 420, "edgeLength": [70, 190], "gravity": 0.08},
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 8,
                "label": {"show": True, "position": "right", "width": 150, "overflow": "truncate"},
                "emphasis": {"focus": "adjacency"},
                "data": [_node(name, inside=name in accounts) for name in nodes],
                "links": [_link(e, a, unit, largest, accounts) for e, a in shown.items()],
            }
        ],
    }


def other_side(row: Transaction) -> str:
    """Name the far end of a row: counterparty, its account, or the place of a cash entry."""
    if row.channel == "cash":
        return visible(f"Cash, {row.place}" if row.place else "Cash")
    return visible(row.counterparty or row.counterparty_account or "not named")


def _largest(
    flows: dict[tuple[str, str], list[Decimal]],
) -> dict[tuple[str, str], list[Decimal]]:
    ranked = sorted(flows, key=lambda ends: sum(flows[ends]), reverse=True)
    return {ends: flows[ends] for ends in ranked[:_NODES]}


def _node(name: str, *, inside: bool) -> Options:
    return {
        "name": name,
        "symbolSize": 34 if inside else 14,
        "itemStyle": {"color": "#475569" if inside else "#94a3b8"},
    }


def _link(
    ends: tuple[str, str], amounts: list[Decimal], unit: str, largest: float, accounts: set[str]
) -> Options:
    total = sum(amounts, Decimal(0))
    said = f"{words.money(total, unit)} in {words.amount_of(len(amounts), 'payment')}"
    colour = IN if ends[1] in accounts else OUT
    return {
        "source": ends[0],
        "target": ends[1],
        "value": said,
        "lineStyle": {
            "color": colour,
            "width": 1 + 7 * float(total) / largest,
            "curveness": 0.12,
            "opacity": 0.8,
        },
    }
