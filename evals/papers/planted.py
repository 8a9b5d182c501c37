"""Papers with something wrong in the file, and folders of papers that contradict each other."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random  # noqa: TID251 - seeded here, so that equal numbers give equal papers

import pypdfium2
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from evals.papers import identity, money, residence, statements
from evals.papers.draft import Draft
from evals.papers.layouts import draw
from evals.papers.make import make_draft, make_setting_for, unlock
from evals.papers.numbers import document_number
from evals.papers.overlay import written
from evals.papers.paper import Medium, Paper, Planted, Split
from evals.papers.people import Person, a_person, an_address
from evals.papers.setting import Setting
from evals.papers.sheet import CORE, MADE, is_latin, register
from evals.papers.signing import sign

FILE_KINDS = (
    "amount_overwritten", "edited_after_signing", "image_editor", "dates_of_file", "mixed_fonts",
)  # fmt: skip
PAPER_KINDS = (*identity.ZONE_PLANTS, *identity.DATE_PLANTS, *money.STATEMENT_PLANTS)
FOLDER_KINDS = ("other_name", "other_birth_date", "other_address", "other_number", "agreeing")
_AMOUNTS = {
    "bank_statement": "closing_balance", "payslip": "net_pay", "invoice": "total",
    "source_of_funds": "amount",
}  # fmt: skip


def make_planted(split: Split, kind: str, number: int, *, open_holdout: bool = False) -> Paper:
    """Make a digital paper with one thing wrong.

    Raises:
        HoldoutLocked: the split is the holdout and `open_holdout` is not set.
    """
    unlock(split, open_holdout)
    rng = Random(f"planted/{split}/{kind}/{number}")  # noqa: S311 - repeatable fiction
    if kind in money.STATEMENT_PLANTS:
        type_ = "bank_statement"
    elif kind in PAPER_KINDS:
        type_ = rng.choice(("passport", "identity_card"))
    else:
        # In a letter the amount stands inside a sentence, which is set in one go.
        alone = sorted(_AMOUNTS if kind != "mixed_fonts" else _AMOUNTS.keys() - {"source_of_funds"})
        type_ = rng.choice(alone)
    draft = make_draft(rng, split, type_, plant=kind if kind in PAPER_KINDS else "")
    if kind == "mixed_fonts":
        odd = next(s for s in draft.said if s.name == _AMOUNTS[type_]).printed
        draft.planted.append(Planted(kind, odd))
        data, layout = draw(draft, rng, odd=odd)
    else:
        data, layout = draw(draft, rng)
    paper = _paper(draft, f"{split}-{kind}-{number:04d}.pdf", data, split, number, layout)
    return _spoiled(paper, kind, rng) if kind in FILE_KINDS else paper


def _paper(draft: Draft, name: str, data: bytes, split: Split, number: int, layout: str) -> Paper:
    return Paper(
        filename=name, data=data, split=split, number=number, type=draft.type,
        medium=Medium.DIGITAL, language=draft.setting.language, country=draft.setting.code,
        layout=layout, said=tuple(draft.said), unjudged=frozenset(draft.unjudged),
        planted=tuple(draft.planted),
    )  # fmt: skip


def _spoiled(paper: Paper, kind: str, rng: Random) -> Paper:
    ways: dict[str, Callable[[Paper, Random], Paper]] = {
        "amount_overwritten": _overwritten,
        "edited_after_signing": _edited,
        "image_editor": _image_editor,
        "dates_of_file": _dates,
        "mixed_fonts": lambda given, _: given,
    }
    return ways[kind](paper, rng)


def _overwritten(paper: Paper, rng: Random) -> Paper:
    name = _AMOUNTS[paper.type]
    said = next(s for s in paper.said if s.name == name)
    first = next(i for i, char in enumerate(said.printed) if char in "123456789")
    other = str((int(said.printed[first]) - 1 + rng.randint(1, 8)) % 9 + 1)
    figure = said.printed[:first] + other + said.printed[first + 1 :]
    page, (left, bottom, right, top) = _where(paper.data, said.printed)
    data = _pasted(paper.data, page, (left, bottom, right, top), figure)
    planted = Planted("amount_overwritten", f"{name}: {said.printed} shown as {figure}")
    return replace(
        paper, data=data, planted=(*paper.planted, planted), unjudged=paper.unjudged | {name}
    )


def _where(pdf: bytes, text: str) -> tuple[int, tuple[float, float, float, float]]:
    """Find the last place of a text: page, and sides in points from the bottom left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in reversed(range(len(document))):
            layer = document[number].get_textpage()
            search = layer.search(text.replace("\u00a0", " "))
            places = list(iter(search.get_next, None))
            if places:
                boxes = [layer.get_charbox(i) for i in _range(places[-1])]
                return number, (
                    min(b[0] for b in boxes), min(b[1] for b in boxes),
                    max(b[2] for b in boxes), max(b[3] for b in boxes),
                )  # fmt: skip
    finally:
        document.close()
    raise ValueError("a printed amount doesn't stand in the paper")


def _range(place: tuple[int, int]) -> range:
    return range(place[0], place[0] + place[1])


def _pasted(pdf: bytes, page: int, sides: tuple[float, float, float, float], figure: str) -> bytes:
    left, bottom, right, top = sides
    layer = FPDF(unit="pt", format="A4")
    layer.set_creation_date(MADE)
    layer.set_auto_page_break(False)
    layer.add_page()
    height = 841.89
    layer.set_fill_color(255)
    layer.rect(left - 1, height - top - 1.5, right - left + 2, top - bottom + 3, style="F")
    family = "Helvetica" if is_latin(figure) else "Roboto"
    if family not in CORE:
        register(layer, family)
    layer.set_font(family, "", 9)
    wide = layer.get_string_width(figure)
    layer.set_font(family, "", min(11.0, 9 * (right - left) / wide))
    layer.text(left, height - bottom, figure)
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pages[page].merge_page(PdfReader(io.BytesIO(bytes(layer.output()))).pages[0])
    return written(writer)


def _edited(paper: Paper, rng: Random) -> Paper:
    """Sign, then append a revision that covers the paper's amount with another figure."""
    name = _AMOUNTS[paper.type]
    said = next(s for s in paper.said if s.name == name)
    signed = sign(paper.data)
    page, (left, bottom, _, _) = _where(paper.data, said.printed)
    out = io.BytesIO()
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    note = FPDF(unit="pt", format="A4")
    note.set_creation_date(MADE)
    note.add_page()
    note.set_font("Helvetica", "", 10)
    note.text(max(30.0, left - 20), 841.89 - bottom + 14, str(rng.randint(10_000, 99_999)))
    writer.pages[page].merge_page(PdfReader(io.BytesIO(bytes(note.output()))).pages[0])
    writer.write(out)
    planted = Planted("edited_after_signing", name)
    return replace(paper, data=out.getvalue(), planted=(*paper.planted, planted))


def _image_editor(paper: Paper, rng: Random) -> Paper:
    made_by = rng.choice(("Adobe Photoshop 25.4", "GIMP 2.10.36", "Canva", "Affinity Photo 2"))
    return _with_properties(paper, "image_editor", made_by, {"/Producer": made_by})


def _dates(paper: Paper, rng: Random) -> Paper:
    days = rng.randint(3, 90)
    changed = (MADE - timedelta(days=days)).strftime("D:%Y%m%d%H%M%S+00'00'")
    made = MADE.strftime("D:%Y%m%d%H%M%S+00'00'")
    properties = {"/CreationDate": made, "/ModDate": changed}
    return _with_properties(paper, "dates_of_file", f"{days} days", properties)


def _with_properties(paper: Paper, kind: str, detail: str, properties: dict[str, str]) -> Paper:
    writer = PdfWriter(clone_from=io.BytesIO(paper.data))
    writer.add_metadata(properties)
    planted = (*paper.planted, Planted(kind, detail))
    return replace(paper, data=written(writer), planted=planted)


def make_folder(
    split: Split, kind: str, number: int, *, open_holdout: bool = False
) -> tuple[Paper, ...]:
    """Make four papers of one person; the second differs from the others as `kind` says.

    `agreeing` folders contradict nothing: what is raised on them is a false alarm.

    Raises:
        HoldoutLocked: the split is the holdout and `open_holdout` is not set.
    """
    unlock(split, open_holdout)
    rng = Random(f"folders/{split}/{kind}/{number}")  # noqa: S311 - repeatable fiction
    code = rng.choice(("GB", "DE", "FR", "ES", "IT", "NL", "PT", "PL"))
    setting = make_setting_for(rng, split, "folder", (code,))
    who = a_person(setting)
    other = _other(setting, who, kind)
    makers: tuple[tuple[Callable[..., Draft], Person], ...] = (
        (identity.passport, who),
        (statements.account_application, other),
        (residence.utility_bill, other if kind == "other_address" else who),
        (money.bank_statement, who),
    )
    papers = []
    for index, (maker, person) in enumerate(makers):
        draft = maker(_again(setting, split, code), person)
        while kind == "other_number" and person != who and not _numbered(draft):
            draft = maker(_again(setting, split, code), person)
        if person != who:
            draft.planted.append(Planted(kind, "differs from the passport"))
        data, layout = draw(draft, rng)
        name = f"{split}-{kind}-{number:04d}-{index}.pdf"
        papers.append(_paper(draft, name, data, split, number, layout))
    return tuple(papers)


def _numbered(draft: Draft) -> bool:
    return any(said.name == "document_number" for said in draft.said)


def _again(setting: Setting, split: Split, code: str) -> Setting:
    return make_setting_for(setting.rng, split, "folder", (code,))


def _other(setting: Setting, who: Person, kind: str) -> Person:
    if kind == "other_name":
        while (name := a_person(setting).surname) == who.surname:
            continue
        return replace(who, surname=name)
    if kind == "other_birth_date":
        return replace(who, born=who.born + timedelta(days=setting.rng.randint(31, 2000)))
    if kind == "other_address":
        while (address := an_address(setting)[0]) == who.address:
            continue
        return replace(who, address=address)
    if kind == "other_number":
        return replace(who, number=document_number(setting.rng, setting.code))
    return who
