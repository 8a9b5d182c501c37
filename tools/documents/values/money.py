"""Amounts with their currency, as exact decimals."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from casegate.model.base import Money

# Signs that mean one currency everywhere. A bare `$`, `¥` or `kr` does not.
_SIGNS = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY",
    "₽": "RUB", "₩": "KRW", "₦": "NGN", "₪": "ILS", "₫": "VND", "₴": "UAH", "zł": "PLN",
    "RM": "MYR", "Kč": "CZK", "Ft": "HUF",
}  # fmt: skip
_NAMES = {
    "Euro": "EUR", "euro": "EUR", "Euros": "EUR", "euros": "EUR", "EURO": "EUR", "SFr.": "CHF",
    "Fr.": "CHF", "sFr.": "CHF", "z\u0142otych": "PLN", "z\u0142ote": "PLN",
    "pounds sterling": "GBP", "Pfund Sterling": "GBP", "Schweizer Franken": "CHF",
    "US dollars": "USD", "U.S. dollars": "USD",
}  # fmt: skip
"""Names of currencies that mean one only."""
_MEANS = _SIGNS | _NAMES
# ISO 4217, table A.1 (current currencies that papers of customers name).
_CODES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - a table of codes, read as one
)
_THREE_DIGITS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Minor units of three digits: `1.500` stays open."""
_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "millions": 6, "mn": 6, "m": 6, "mio": 6,
    "billion": 9, "billions": 9, "bn": 9,
}  # fmt: skip

_UNIT = "|".join(
    re.escape(sign) + (r"(?![^\W\d_])" if sign in _NAMES else "")
    for sign in sorted((*_MEANS, "$"), key=len, reverse=True)
)
_NUMBER = (
    r"(?P<{0}>\d{{1,3}}(?:[ \u00a0\u202f,.'\u2019]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?:\.\d{{1,2}})?(?!\d)"
    r"|\d+(?:[.,]\d{{1,3}})?(?![\d.,]*\d))"
)
_SCALE = r"(?:\s?(?P<{0}>" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")(?![^\W\d_]))?"
_BEFORE = re.compile(
    rf"(?<![\w$])(?P<unit>{_UNIT}|[A-Z]{{3}}(?=[\s\d]))\s?" + _NUMBER.format("n")
    + _SCALE.format("scale") + r"(?:,-|\.-)?",
)  # fmt: skip
_AFTER = re.compile(
    r"(?<![\w.,'$€£])" + _NUMBER.format("n") + _SCALE.format("scale")
    + rf"\s?(?P<unit>{_UNIT}|[A-Z]{{3}}(?![A-Za-z]))"
)  # fmt: skip


_UNIT_THEN_MINUS = re.compile(rf"(?P<unit>{_UNIT}|[A-Z]{{3}})\s?[-\u2212\u2013]\s?(?=\d)")


class FoundMoney(NamedTuple):
    """An amount and the characters that it stands on."""

    start: int
    end: int
    money: Money


def find_amounts(text: str, *, dollar: str | None = "USD") -> Iterator[FoundMoney]:
    """Give every amount whose value and currency are certain.

    `dollar` is what a bare `$` means in this document; None leaves such amounts out.
    """
    found = [
        FoundMoney(match.start(), match.end(), money)
        for pattern in (_BEFORE, _AFTER)
        for match in pattern.finditer(text)
        if (money := _money(match, dollar)) is not None
    ]
    last = -1
    for hit in sorted(found, key=lambda f: (f.start, -f.end)):
        if hit.start >= last:
            yield hit
            last = hit.end


def read_amount(text: str, *, dollar: str | None = "USD") -> FoundMoney | None:
    """Read the amount that a text begins with."""
    for hit in find_amounts(text, dollar=dollar):
        return hit if not text[: hit.start].strip(" \t\n:") else None
    return None


def read_number(text: str, currency: str = "") -> Decimal | None:
    """Read digits with separators; None if they could mean two values."""
    return _decimal(text, currency) if any(char.isdigit() for char in text) else None


_BARE = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[ \u00a0\u202f,.'\u2019]\d{3})+|\d+)[.,]\d{2}"
    r"(?![\d.,]*\d)(?!\s?%|[^\W\d_])"
)
_MINUS = "-\u2212\u2013"
_SIGN_BEHIND = re.compile(
    r"\s*(?P<sign>[-\u2212\u2013+]|\b(?:DR|CR|OD|D|C|S|H)\b)\.?", re.IGNORECASE
)
_BELOW_ZERO = frozenset("-\u2212\u2013") | {"DR", "OD", "D", "S"}


class FoundFigure(NamedTuple):
    """An amount whose currency may stand elsewhere, and the characters that it stands on."""

    start: int
    end: int
    amount: Decimal
    currency: str
    """Empty where the amount names none."""


def read_figure(
    text: str, *, dollar: str | None = "USD", signed: bool = False
) -> FoundFigure | None:
    """Read the amount that a text begins with; without a currency it needs two decimal places.

    `signed` reads a minus before or behind, and the marks of debit and credit; else an amount
    with such a mark is none.
    """
    lead = re.match(rf"[\s:]*(?P<minus>[{_MINUS}]\s?)?", text)
    below = bool(lead and lead["minus"])
    at = lead.end() if lead else 0
    hit = read_amount(text[at:], dollar=dollar)
    if hit is not None:
        found = FoundFigure(at + hit.start, at + hit.end, hit.money.amount, hit.money.currency)
    else:
        bare = _UNIT_THEN_MINUS.match(text, at)
        below = below or bool(bare)
        match = _BARE.match(text, bare.end() if bare else at)
        amount = _decimal(match[0], "") if match else None
        if match is None or amount is None:
            return None
        unit = bare["unit"] if bare else ""
        currency = (dollar or "") if unit == "$" else _MEANS.get(unit, unit)
        found = FoundFigure(bare.start() if bare else match.start(), match.end(), amount, currency)
    behind = _SIGN_BEHIND.match(text, found.end)
    if behind and behind["sign"].upper() in _BELOW_ZERO:
        below = True
    if not below:
        return found
    start = found.start if not (lead and lead["minus"]) else lead.start("minus")
    end = behind.end("sign") if behind else found.end
    return found._replace(start=start, end=end, amount=-found.amount) if signed else None


def only_currency(text: str) -> str:
    """Give the currency that a text names, if it is one only; empty for none or several."""
    named = {_SIGNS[sign] for sign in _SIGNS if not sign.isalpha() and sign in text}
    named |= {word for word in re.findall(r"(?<!\w)[A-Z]{3}(?!\w)", text) if word in _COMMON}
    named |= {"MYR"} if re.search(r"(?<!\w)RM(?!\w)", text) else set()
    named |= {"PLN"} if "z\u0142" in text else set()
    named |= {"EUR"} if re.search(r"(?<!\w)[Ee]uros?(?!\w)", text) else set()
    named |= {"CHF"} if re.search(r"(?<!\w)[sS]?Fr\.\s?\d", text) else set()
    return named.pop() if len(named) == 1 else ""


_COMMON = frozenset(
    {"EUR", "GBP", "USD", "CHF", "PLN", "SEK", "NOK", "DKK", "CZK", "HUF", "CAD", "AUD", "JPY"}
    | {"SGD", "HKD", "MYR", "INR", "BRL", "ZAR", "MXN", "AED", "NZD", "CNY", "THB", "RON", "BGN"}
)
"""Codes that are no words of any language, so that they mean a currency wherever they stand."""


def plain(amount: Decimal) -> str:
    """Write an amount with at least two decimal places and no exponent."""
    places = max(2, -int(amount.as_tuple().exponent))
    return f"{amount:.{places}f}"


def meaning_of_dollar(text: str) -> str | None:
    """Say what a bare `$` means: US dollars, unless the document names another dollar country."""
    other = re.search(
        r"\b(?:Canada|Canadian|Australia|Australian|New Zealand|Singapore|Hong Kong|Jamaica"
        r"|Bahamas|Barbados|Bermuda|Belize|Fiji|Guyana|Liberia|Namibia|Trinidad|Cayman"
        r"|CAD|AUD|NZD|SGD|HKD|MXN|Mexic\w+|Argentin\w+|Chile\w*|Colombia\w*|Taiwan)\b",
        text,
    )
    return None if other else "USD"


def _money(match: re.Match[str], dollar: str | None) -> Money | None:
    unit = match["unit"]
    currency = dollar if unit == "$" else _MEANS.get(unit, unit)
    if currency is None or currency not in _CODES:
        return None
    amount = _decimal(match["n"], currency)
    if amount is None:
        return None
    scale = match["scale"]
    if scale:
        amount = amount.scaleb(_SCALES[scale])
        amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
    return Money(amount=amount, currency=currency)


def _decimal(number: str, currency: str) -> Decimal | None:
    """Read a number by its separators; None if it could mean two values."""
    text = re.sub(r"[ \u00a0\u202f'\u2019]", "", number)
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = max(".", ",", key=text.rfind)
        if text.count(decimal) > 1:
            return None
        return Decimal(text.replace("," if decimal == "." else ".", "").replace(",", "."))
    sign = "." if points else ","
    if points + commas > 1:
        return Decimal(text.replace(sign, ""))
    if points + commas == 0:
        return Decimal(text)
    whole, _, rest = text.partition(sign)
    if len(rest) != 3:
        return Decimal(f"{whole}.{rest}")
    # Three digits behind the only separator: thousands, except where cents have three digits.
    return None if currency in _THREE_DIGITS or whole == "0" else Decimal(whole + rest)
