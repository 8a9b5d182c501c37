"""Company names in running text: words with capitals that end in a legal form."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_FORMS = (
    r"Ltd\.?|LTD\.?|Limited|LIMITED|LLC|L\.L\.C\.|LLP|PLC|plc|Inc\.?|INC\.?|Incorporated|Corp\.?"
    r"|Corporation|GmbH(?: & Co\.? KG)?|gGmbH|AG|KGaA|KG|OHG|UG(?: \(haftungsbeschr\u00e4nkt\))?"
    r"|e\.K\.|SE|SARL|S\.A\.R\.L\.|SAS|SASU|S\.A\.S\.|EURL|SCI|SRL|S\.R\.L\.|S\.r\.l\.|S\.p\.A\."
    r"|SpA|S\.A\.|SA|S\.a\.s\.|S\.n\.c\.|S\.L\.(?:U\.)?|SLU?|S\.C\.|BV|B\.V\.|NV|N\.V\.|V\.O\.F\."
    r"|Lda\.?|LDA|Unipessoal,? Lda\.?|Sp\. ?z ?o\.? ?o\.?|sp\. ?z ?o\.? ?o\.?|S\.K\.A\.|A/S|ApS"
    r"|AB|Oy|Oyj|ASA|AS|d\.o\.o\.|s\.r\.o\.|a\.s\.|Sdn\.? Bhd\.?|SDN\.? BHD\.?|Pte\.? Ltd\.?"
    r"|Pty\.? Ltd\.?"
)
_WORD = r"[^\W\d_a-z\u00df-\u00ff][\w'\u2019&.-]*|[0-9]+|&|\+"
_LINK = (
    r"(?:&|and|und|et|y|e|en|i|of|de|del|della|di|da|do|la|le|les|las|los|van|von|der|den|the|du"
    r"|des)"
)
_COMPANY = re.compile(
    rf"(?<!\w)(?:{_WORD})(?:[ \n](?:{_LINK}[ \n])?(?:{_WORD})){{0,6}}?,?[ \n](?:{_FORMS})(?!\w)"
)
_LEAD = re.compile(
    r"(?:\d{1,2}[ \n][^\W\d_]+[ \n]\d{4}[ \n]|(?:19|20)\d{2}[ \n](?=[^\W\d_]))"
    r"|(?:Firma|Gesellschaft|Unternehmen|Company|Soci\u00e9t\u00e9|Sociedad|Societ\u00e0|Sociedade|Vennootschap|Sp\u00f3\u0142ka)"
    r"[ \n](?=\S+[ \n]\S)"
)
_ENDS = re.compile(rf"(?:^|[\s,])(?:{_FORMS})$")


class FoundCompany(NamedTuple):
    """A company's name and the characters that it stands on."""

    start: int
    end: int
    name: str


def find_companies(text: str) -> Iterator[FoundCompany]:
    """Give every name that ends in a legal form."""
    for match in _COMPANY.finditer(text):
        # A day before the name is none of it, nor is the word for a company's name.
        lead = _LEAD.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        # A full stop of the sentence may follow the one of the legal form.
        yield FoundCompany(start, match.end(), " ".join(text[start : match.end()].split()))


def legal_form_at_end(text: str) -> bool:
    """Tell whether a text ends in a legal form, its point included."""
    return bool(_ENDS.search(text.rstrip()))
