"""Who sends a paper: the name that stands as its letterhead, and the address under it."""

import re
from collections.abc import Iterator

from tools.documents.blocks import Block, blocks
from tools.documents.grid import Cell, is_label
from tools.documents.paper import Paper
from tools.documents.reading import Reading, whole_name
from tools.documents.values import addresses
from tools.documents.values.dates import DateRules, read_date
from tools.documents.values.names import tidy

_HEAD_ROWS = 6
_REACH = 9
_MOST_LINES = 5
_LEGAL = (
    r"ltd|limited|llc|llp|inc|corp|plc|gmbh|ag|ug|kg|ohg|sarl|sas|sasu|sa|s\.a\.?|s\.l\.?|sl"
    r"|slu|srl|s\.r\.l\.?|spa|s\.p\.a\.?|bv|b\.v\.?|nv|n\.v\.?|lda|unipessoal|sp\. ?z ?o\. ?o\.?"
    r"|s\.a\.r\.l\.?|sdn\.? ?bhd|bhd|s/b|plt|pte|pty"
)
_LEGAL_FORM = re.compile(rf"(?<!\w)(?:{_LEGAL})\.?(?!\w)")
_LEGAL_FORM_ALONE = re.compile(rf"(?:(?:{_LEGAL})\.?\s*)+")
_OF_COMPANIES = re.compile(
    rf"(?<!\w)(?:{_LEGAL}|co|company|bank|banque|banca|banco|enterprise|trading|stores?|restaurant"
    r"|cafe|mart|shop|hotel)\.?(?!\w)"
)
_CONTACT = re.compile(
    r"(?<!\w)(?:tel|telephone|phone|fax|mobile|e-?mail|www|http|website|gst|vat|reg|co\.? no"
    r"|company no|iban|bic|ust|siret|siren|p\.? ?iva|nif|cif|btw|kvk|krs|nip"
    r"|invoice|receipt|date|bill)(?!\w)"
)
_REGISTERED = re.compile(
    r"[\s(\[]*(?:co\.?|company|business|br|roc|gst|vat|tax|ust|tva|iva|registration)(?!\w).*\d{4}"
)
"""A line with the number under which a company is registered, for business or for a tax."""
_RELATION = re.compile(
    r"(?:licensee|franchisee|(?:an? )?(?:division|member|subsidiary|branch|part)) of(?!\w)"
    r"|(?:formerly|trading as|t/a)(?!\w)"
)
_NUMBER_ALONE = re.compile(r"[(\[]?(?=[^ ]*\d)[\w/-]{5,20}[)\]]?")
_NUMBER_BEHIND = re.compile(
    r"\s*[(\[](?=[^)\]]*\d{4})[\w ./:-]{5,24}[)\]].*|\s+\d{4,12}-[A-Z](?!\w).*"
)
_PHONE = re.compile(r"(?=(?:\D*\d){7})\+?[\d\s()/.-]+,?")


def letterhead(paper: Paper) -> Cell | None:
    """Give the line of the letterhead that names the sender: near the top, largest, no title."""
    addressees = _addressees(paper)
    named = [
        cell
        for row in paper.grid.rows[:_HEAD_ROWS]
        for cell in row[:1]
        if cell.start not in addressees and _may_be_name(cell, paper)
    ]
    companies = [cell for cell in named if _OF_COMPANIES.search(cell.folded)]
    chosen = companies or [cell for cell in named if cell.row <= 1]
    head = max(chosen, key=lambda c: (round(c.height), -c.row), default=None)
    if head is None or _LEGAL_FORM.search(head.folded):
        return head
    # A shop's name over the name of the company that runs it.
    below = (cell for cell in companies if _LEGAL_FORM.search(cell.folded))
    return next((cell for cell in below if _follows(head, cell, paper)), head)


def _at_foot(paper: Paper) -> Cell | None:
    """Give the name that stands alone on the last line of a paper without a letterhead."""
    row = paper.grid.rows[-1]
    apart = row[0].row in paper.grid.gaps and len(row) == 1
    return row[0] if apart and _may_be_name(row[0], paper) else None


def _follows(above: Cell, below: Cell, paper: Paper) -> bool:
    return below.row == above.row + 1 and below.row not in paper.grid.gaps


def _may_be_name(cell: Cell, paper: Paper) -> bool:
    name = _bare(cell)
    return (
        3 <= len(name) <= 60
        and ":" not in name
        and sum(char.isalpha() for char in name) >= 3
        and not any(char.isdigit() for char in name)
        and not is_label(cell, paper.library)
        and not paper.library.any_title.search(cell.folded)
    )


def _bare(cell: Cell) -> str:
    """Leave out the registration number behind the name of a company."""
    behind = _NUMBER_BEHIND.search(cell.text)
    name = cell.text[: behind.start()] if behind else cell.text
    return name if _LEGAL_FORM.search(cell.folded[: len(name)]) else cell.text


def sender(paper: Paper) -> Reading | None:
    """Read the sender's name; one that takes two lines is joined with its legal form."""
    head = letterhead(paper) or _at_foot(paper)
    if head is None:
        return None
    name, start = tidy(_bare(head)), head.start
    if _LEGAL_FORM_ALONE.fullmatch(head.folded[: len(_bare(head))]) and head.row:
        above = paper.grid.rows[head.row - 1]
        if len(above) == 1 and _follows(above[0], head, paper) and _may_be_name(above[0], paper):
            name, start = f"{tidy(above[0].text)} {name}", above[0].start
    return Reading(start, head.start + len(_bare(head)), name)


def sender_address(paper: Paper, rules: DateRules) -> Reading | None:
    """Read the lines between the letterhead and the first that is no address."""
    head = letterhead(paper)
    if head is None:
        return None
    lines = tuple(_address_lines(head, paper, rules))
    if not lines:
        return None
    line = addresses.tidy(paper.text[lines[0].start : lines[-1].end])
    told = any(char.isdigit() for char in line) and sum(char.isalpha() for char in line) >= 6
    return Reading(lines[0].start, lines[-1].end, line) if told else None


def _address_lines(head: Cell, paper: Paper, rules: DateRules) -> Iterator[Cell]:
    given = 0
    for row in paper.grid.rows[head.row + 1 : head.row + _REACH]:
        cell = row[0]
        if not given and _goes_before(cell, paper, rules):
            continue
        if given and cell.row in paper.grid.gaps:
            return
        if _ends_address(cell, paper) or read_date(cell.text, rules) is not None:
            return
        yield cell
        given += 1
        if given == _MOST_LINES:
            return


def _goes_before(cell: Cell, paper: Paper, rules: DateRules) -> bool:
    """Tell whether a line may stand between name and address: title, number, contact, day."""
    title = paper.schema.cues.title_pattern
    return bool(
        (title is not None and title.search(cell.folded))
        or _NUMBER_ALONE.fullmatch(cell.text)
        or _CONTACT.match(cell.folded)
        or _REGISTERED.match(cell.folded)
        or _RELATION.match(cell.folded)
        or read_date(cell.text, rules) is not None
    )


def _ends_address(cell: Cell, paper: Paper) -> bool:
    return bool(
        is_label(cell, paper.library)
        or ":" in cell.text
        or _CONTACT.search(cell.folded)
        or _PHONE.fullmatch(cell.text)
    )


def _addressees(paper: Paper) -> frozenset[int]:
    """Give where the names begin that stand over their own addresses: whom a paper is sent to."""
    return frozenset(
        block.cells[0].start
        for block in blocks(paper)
        if name_and_address(block, paper) is not None
    )


def name_and_address(block: Block, paper: Paper) -> tuple[Reading, Reading] | None:
    """Read a block that has a person's name over an address; None for any other."""
    first, rest = block.cells[0], block.cells[1:]
    if _OF_COMPANIES.search(first.folded) or not rest:
        return None
    name = whole_name(first.text, paper.rules.shared)
    if name is None:
        return None
    if any(_CONTACT.search(cell.folded) for cell in rest):
        return None
    line = ", ".join(addresses.tidy(cell.text) for cell in rest)
    if not any(char.isdigit() for char in rest[-1].text + rest[0].text) or len(line) > 160:
        return None
    return (
        name.moved(first.start),
        Reading(rest[0].start, rest[-1].end, line),
    )
