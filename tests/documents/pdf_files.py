"""PDF files for tests, from plain to hostile."""

import io
import zlib

from fpdf import FPDF


def pdf(*lines: str, size: float = 11.0) -> bytes:
    """Make a PDF of one page."""
    document = FPDF(format="A4")
    document.add_page()
    document.set_font("Helvetica", "", size)
    for line in lines:
        document.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


def raw_pdf(objects: list[bytes], root: int = 1) -> bytes:
    """Write objects 1.. as a PDF with a right cross-reference table."""
    file = io.BytesIO(b"%PDF-1.7\n")
    file.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    file.write(
        b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, root, start)
    )
    return file.getvalue()


def stream(data: bytes, entries: bytes = b"", *, times: int = 1) -> bytes:
    """Write a stream object, deflated `times` times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
    return b"<</Length %d%s%s>>stream\n%s\nendstream" % (len(data), filters, entries, data)


def page_pdf(content: bytes, *, resources: bytes = b"", page: bytes = b"") -> bytes:
    """Make a PDF of one page, Helvetica as /F1, from a content stream."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>%s>>%s>>" % (resources, page),
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )
