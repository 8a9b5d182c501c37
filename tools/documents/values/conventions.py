"""Which order of day and month a paper's language and country use, where its dates don't tell.

German, French, Spanish, Italian, Dutch, Portuguese and Polish papers put the day first (CLDR
date formats of these locales). English ones do in Britain, Ireland and most other countries (en-MY,
en-SG, en-AU, en-NZ, en-IN), and not in the United States: addresses, forms of companies and money
tell, and what is read so is for a person to check.
"""

import re
from typing import NamedTuple

from tools.documents.prose import fold
from tools.documents.values.dates import Order

_OTHER = re.compile(
    r"(?<!\w)(?:fecha|nombre|apellidos|numero|cuenta|saldo|periodo|titular|importe|domicilio|del|las|los|el"
    r"|data|nome|cognome|della|dello|conto|indirizzo|totale|morada|apelidos?|conta|fatura|em|dos|das"
    r"|datum|und|der|die|das|nachname|vornamen?|anschrift|konto|rechnung|betrag|geburtsdatum|gultig"
    r"|le|les|des|du|nom|prenoms?|naissance|compte|adresse|montant|facture|societe|avis"
    r"|van|het|een|naam|voornamen|geboortedatum|rekening|bedrag|factuur|adres|geldig"
    r"|dnia|imie|imiona|nazwisko|urodzenia|kwota|rachunku|numer|faktura|spolki|adresu)(?!\w)"
)
_ENGLISH = re.compile(
    r"(?<!\w)(?:date|name|the|of|and|surname|given|names|birth|number|account|balance|address|issue|issued"
    r"|expiry|from|to|for|is|was|with|your|we|you|company|registered)(?!\w)"
)
_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
    "|UT|V[AT]|W[AIVY]|PR"
)
_AMERICAN = re.compile(rf"\b(?:{_STATES}) \d{{5}}(?:-\d{{4}})?\b|\bUnited States\b|\bUSA\b|\bUSD\b")
_BRITISH = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\bUnited Kingdom\b|\bGBP\b|\u00a3|\bIreland\b"
    r"|\b[A-Z]\d{2} [A-Z\d]{4}\b"
)
_DAY_FIRST = re.compile(
    r"\b(?:sdn\.? ?bhd|malaysia|singapore|pte\.? ltd|pty\.? ltd|australia|new zealand|india)\b"
    r"|(?-i:\bRM ?\d|\bRM\b|\bMYR\b|\bSGD\b|\bAUD\b|\bNZD\b|\bINR\b)",
    re.IGNORECASE,
)
"""Other countries that write dates in English as Britain does, by companies, names and money."""
_ENOUGH = 3
"""Different words of other languages that make a paper one in another language."""


class Convention(NamedTuple):
    """An order, and whether it is beyond doubt."""

    order: Order | None
    sure: bool


def order_by_language(text: str) -> Convention:
    """Give the order that a paper's language and country use; none where that is open."""
    folded = fold(text)
    other, english = set(_OTHER.findall(folded)), set(_ENGLISH.findall(folded))
    american = bool(_AMERICAN.search(text))
    british = bool(_BRITISH.search(text) or _DAY_FIRST.search(text))
    if len(other) >= _ENOUGH and not american:
        return Convention(Order.DAY_FIRST, sure=len(other) >= len(english))
    if american == british:
        return Convention(None, sure=False)
    return Convention(Order.MONTH_FIRST if american else Order.DAY_FIRST, sure=False)
