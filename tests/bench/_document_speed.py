"""What reading costs: time per page, memory of each process, a long file, a large case."""

import platform
import resource
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from evals.papers.make import make_papers
from evals.papers.media import joined
from evals.papers.paper import Medium, Split
from evals.papers.setting import TODAY
from tests.bench._document_fields import LIMITS
from tools.documents import no_answer, parse, read_document
from tools.documents.ocr.warm import WarmReader
from tools.documents.whole import DocumentReader

_LONG = 1000


def speed_figures(pages: int, scans: int, case: int) -> dict[str, object]:
    """Measure each in turn."""
    figures: dict[str, object] = {"machine": _machine(), "digital": _digital(pages)}
    figures["ocr"] = _ocr(scans)
    figures["long_file"] = _long_file()
    figures["large_case"] = _large_case(case)
    figures["memory_mb"] = {
        "this_process": _peak(resource.RUSAGE_SELF),
        "largest_child": _peak(resource.RUSAGE_CHILDREN),
    }
    return figures


def _machine() -> dict[str, object]:
    import os

    return {
        "cores": os.cpu_count(),
        "load": [round(value, 1) for value in os.getloadavg()],
        "python": platform.python_version(),
    }


def _peak(who: int) -> float:
    return round(resource.getrusage(who).ru_maxrss / 1024, 1)


def _summary(seconds: list[float]) -> dict[str, object]:
    ordered = sorted(seconds)
    return {
        "n": len(ordered),
        "p50_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
    }


def _digital(count: int) -> dict[str, object]:
    """Time parse and reading of digital pages; the parse alone, with its process, and the rest."""
    whole, reading, parsing, per_page, pages = [], [], [], [], 0
    # The first reading imports libraries and compiles patterns.
    for paper in make_papers(Split.TRAIN, 3, first=900, medium=Medium.DIGITAL):
        parsed = parse(paper.data, paper.filename, LIMITS)
        read_document(parsed, parties=(), opened_on=TODAY, ask=no_answer)
    before = _children_cpu()
    for paper in make_papers(Split.TRAIN, count, medium=Medium.DIGITAL):
        began = time.monotonic()
        parsed = parse(paper.data, paper.filename, LIMITS)
        between = time.monotonic()
        read_document(parsed, parties=(), opened_on=TODAY, ask=no_answer)
        ended = time.monotonic()
        number = max(1, len(parsed.pages))
        pages += number
        whole.append(ended - began)
        parsing.append(between - began)
        reading.append(ended - between)
        per_page.append((ended - began) / number)
    used = _children_cpu() - before
    return {
        "file": _summary(whole),
        "page": _summary(per_page),
        "parse_with_its_process": _summary(parsing),
        "fields": _summary(reading),
        "child_cpu_ms_per_page": round(1000 * used / pages, 1),
        "page_inside_one_child": _inside(),
    }


def _inside() -> dict[str, object]:
    """Time per page once the child runs: two files of different length, the same pages."""
    papers = list(make_papers(Split.TRAIN, 15, first=0, medium=Medium.DIGITAL))
    one = papers[0].data
    many = one
    for paper in papers[1:]:
        many = joined(many, paper.data)
    times = {}
    for name, data in (("one", one), ("many", many)):
        best = []
        for _ in range(3):
            began, used = time.monotonic(), _children_cpu()
            parsed = parse(data, "a.pdf", LIMITS)
            best.append((time.monotonic() - began, _children_cpu() - used))
        times[name] = (min(w for w, _ in best), min(c for _, c in best), len(parsed.pages))
    (short, light, few), (long, heavy, more) = times["one"], times["many"]
    return {
        "pages": more,
        "ms_per_page": round(1000 * (long - short) / max(1, more - few), 1),
        "cpu_ms_per_page": round(1000 * (heavy - light) / max(1, more - few), 1),
    }


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ocr(count: int) -> dict[str, object]:
    if not count:
        return {"n": 0}
    reader = WarmReader()
    began = time.monotonic()
    try:
        if not reader.start():
            return {"problem": "the reader can't be started"}
        started = time.monotonic() - began
        documents, seconds = DocumentReader(LIMITS, reader), []
        for paper in make_papers(Split.TRAIN, count, medium=Medium.SCAN):
            began = time.monotonic()
            file = documents.read(paper.data, paper.filename, parties=(), on=TODAY, ask=no_answer)
            seconds.append((time.monotonic() - began) / max(1, len(file.parsed.pages)))
            sys.stderr.write(f"ocr {paper.filename}: {seconds[-1]:.1f} s a page\n")
        memory = _memory_of(reader)
    finally:
        reader.close()
    return {"start_s": round(started, 2), "page": _summary(seconds), "memory_mb": memory}


def _memory_of(reader: WarmReader) -> float | None:
    """Give the peak memory of the warm process (Linux)."""
    process = reader._process
    status = Path(f"/proc/{process.pid if process else 0}/status")
    if not status.exists():
        return None
    line = next((t for t in status.read_text().splitlines() if t.startswith("VmHWM")), "")
    return round(int(line.split()[1]) / 1024, 1) if line else None


def _long_file() -> dict[str, object]:
    """Read a file of a thousand pages, once as installed and once with room for them."""
    page = next(iter(make_papers(Split.TRAIN, 1, first=3, medium=Medium.DIGITAL))).data
    data = _repeated(page, _LONG)
    began = time.monotonic()
    refused = parse(data, "long.pdf", replace(LIMITS, seconds=30.0))
    bounded = time.monotonic() - began
    began = time.monotonic()
    read = parse(data, "long.pdf", replace(LIMITS, max_pages=_LONG, seconds=300.0))
    return {
        "pages": _LONG,
        "bytes": len(data),
        "as_installed": {"verdict": refused.verdict.value, "seconds": round(bounded, 2)},
        "with_room": {
            "verdict": read.verdict.value,
            "pages": len(read.pages),
            "seconds": round(time.monotonic() - began, 2),
        },
    }


def _repeated(page: bytes, times: int) -> bytes:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    source = PdfReader(io.BytesIO(page)).pages[0]
    for _ in range(times):
        writer.add_page(source)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _large_case(count: int) -> dict[str, object]:
    """Read the digital papers of one large case, one after the other, without OCR."""
    if not count:
        return {"documents": 0}
    documents = DocumentReader(LIMITS, None)
    papers = list(make_papers(Split.TRAIN, count, medium=Medium.DIGITAL))
    began = time.monotonic()
    values = 0
    for paper in papers:
        file = documents.read(paper.data, paper.filename, parties=(), on=TODAY, ask=no_answer)
        values += len(file.result.fields)
    return {
        "documents": count,
        "seconds": round(time.monotonic() - began, 1),
        "values": values,
    }
