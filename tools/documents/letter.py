"""Names where a letter has them: in the salutation, and under the last line."""

import re

from tools.documents.grid import Cell, is_label
from tools.documents.paper import Paper
from tools.documents.prose import fold
from tools.documents.reading import CAPITALISED, Reading, capitalised_name, whole_name
from tools.documents.values.companies import legal_form_at_end

_NEAR_TOP = 22
_NEAR_END = 8
_LONGEST = 70
_CLOSING = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm)? ?regards|sincerely|signed"
    r"|mit freundliche[nm] gru(?:ss|\u00df)(?:en)?|hochachtungsvoll|cordialement"
    r"|salutations(?: distinguees)?|atentamente|saludos cordiales|distinti saluti|cordiali saluti"
    r"|met vriendelijke groet|atenciosamente|cumprimentos|z powazaniem)[\s,.:]*$"
)


def saluted(paper: Paper) -> Reading | None:
    """Read the name at the end of a salutation: a short line near the top that ends in a comma."""
    for row in paper.grid.rows[1:_NEAR_TOP]:
        cell = row[0]
        if len(row) != 1 or len(cell.text) > _LONGEST or cell.text[-1] not in ",!:":
            continue
        if any(char.isdigit() for char in cell.text):
            continue
        name = _name_at_end(cell, paper)
        if name is not None and name.start > cell.start:
            return name
    return None


def _name_at_end(cell: Cell, paper: Paper) -> Reading | None:
    """Read the words with capitals that a line ends in, but for those that say who it is."""
    text = cell.text.rstrip(" ,!:")
    start = len(text)
    for match in re.finditer(r"\S+", text):
        word = match[0]
        if word[0].isupper() and not word.endswith((",", ".")):
            start = min(start, match.start())
            if _says_who(word, paper):
                start = len(text)
        elif start < match.start() and fold(word) in _LINKS:
            continue
        else:
            start = len(text)
    name = capitalised_name(text[start:], paper.rules.shared) if start < len(text) else None
    if name is None or name.end < len(text) - start:
        return None
    return name.moved(cell.start + start)


_LINKS = frozenset(
    ("de", "la", "del", "della", "di", "da", "dos", "van", "von", "der", "den", "y", "e", "zu")
)


def _says_who(word: str, paper: Paper) -> bool:
    folded = fold(word)
    match = paper.library.label_at(folded, 0)
    known = match is not None and match.end >= len(folded)
    return known or folded.strip(".") in paper.rules.shared.titles


def signed(paper: Paper) -> Reading | None:
    """Read the name under the closing words of a letter, else one alone on its last lines."""
    rows = paper.grid.rows
    for index, row in enumerate(rows):
        if not _CLOSING.search(row[-1].folded):
            continue
        for following in rows[index + 1 : index + 4]:
            name = whole_name(following[0].text, paper.library.shared)
            if name is not None:
                return name.moved(following[0].start)
    return _on_last_lines(paper)


def _on_last_lines(paper: Paper) -> Reading | None:
    for row in reversed(paper.grid.rows[-_NEAR_END:]):
        cell = row[-1]
        if len(row) != 1 or is_label(cell, paper.library) or legal_form_at_end(cell.text):
            continue
        name = whole_name(cell.text, paper.rules.shared)
        if name is not None and CAPITALISED.fullmatch(cell.text.strip(" .,")):
            return name.moved(cell.start)
    return None
