"""Puts the whole together for the command line and the worker. Wires, and holds no logic."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from casegate.clock import utc_now
from casegate.config import Settings, load_settings
from casegate.desk.hits_suppressed import StoredSuppressions
from casegate.desk.kernel import Kernel, open_kernel
from casegate.desk.ports import Clock, FindSuppression, ReviewPorts
from casegate.errors import ScreeningUnavailable
from casegate.model.dossier import Dossier
from casegate.model.evidence import EvidenceDraft
from casegate.origin import require_own_packages

if TYPE_CHECKING:
    from agents.kit import Kit
    from casegate.desk.ports import Screener
    from casegate.inference.ports import Complete
    from casegate.ongoing.desk import OngoingDesk
    from casegate.ongoing.ports import CustomerScreener
    from tools.documents import DocumentReader, WarmReader
    from tools.guidance.tool import GuidanceTool


@contextmanager
def kernel(settings: Settings) -> Iterator[Kernel]:
    """Open the kernel with the real gates, and close it in the end."""
    from guardrails.claims import load_claim_gate
    from guardrails.gate import DatedRules

    require_own_packages()
    rules = DatedRules(list_max_age_days=settings.list_max_age_days)
    opened = open_kernel(
        settings, rules=rules, claims=load_claim_gate(), review=review_ports(settings)
    )
    try:
        yield opened
    finally:
        opened.close()


def review_ports(settings: Settings, *, clock: Clock = utc_now) -> ReviewPorts:
    """Give the desk the tools that a person's review of documents asks again.

    Lists and matcher are opened when the first review changes a value.
    """
    from agents.assess import assess
    from tools.documents.review import read_typed, recheck

    @cache
    def screener() -> "Screener":
        return open_screener(settings, clock=clock)

    def screen(dossier: Dossier, *, suppressed: FindSuppression) -> EvidenceDraft:
        from tools.screening.tool import ScreeningTool

        tool = ScreeningTool(screener(), clock=clock, suppressed=suppressed)
        return EvidenceDraft(
            tool=tool.name, tool_version=tool.version, parameters={}, **dict(tool(dossier, {}))
        )

    return ReviewPorts(read_value=read_typed, recheck=recheck, assess=assess, screen=screen)


def open_screener(settings: Settings, *, clock: Clock = utc_now) -> "Screener":
    """Open the lists of this data folder, or the yente server that the settings name."""
    if settings.screening_url:
        return _open_yente(settings, clock)
    from tools.screening.screener import LocalScreener

    return LocalScreener(
        settings.data,
        threshold=settings.screening_threshold,
        candidates=settings.screening_candidates,
        clock=clock,
        new_token=lambda: secrets.token_hex(16),
    )


def _open_yente(settings: Settings, clock: Clock) -> "Screener":
    import httpx

    from tools.screening.yente import YenteScreener

    seconds = settings.screening_seconds
    timeout = httpx.Timeout(seconds, connect=min(5.0, seconds))
    return YenteScreener(
        httpx.Client(base_url=settings.screening_url, timeout=timeout),
        dataset=settings.screening_dataset,
        threshold=settings.screening_threshold,
        candidates=settings.screening_candidates,
        clock=clock,
    )


def open_ongoing(
    settings: Settings, parts: Kernel, screener: "Screener | None" = None
) -> "OngoingDesk":
    """Put ongoing screening together; lists and matcher are opened when first needed."""
    from casegate.ongoing.wiring import ongoing_desk

    @cache
    def asked() -> "Screener":
        return screener or open_screener(settings, clock=parts.clock)

    @cache
    def customers() -> "CustomerScreener":
        from tools.screening.delta import LocalCustomerScreener
        from tools.screening.screener import LocalScreener

        local = asked()
        if not isinstance(local, LocalScreener):
            raise ScreeningUnavailable(
                "customers are screened again on the lists of the data folder only",
                remedy="Unset CASEGATE_SCREENING_URL, or screen customers on the yente server.",
            )
        return LocalCustomerScreener(local, settings.data)

    return ongoing_desk(settings, parts, customers, asked=asked)


def open_guidance(settings: Settings) -> "GuidanceTool":
    """Open the guidance notes; their model is loaded when first asked."""
    from tools.guidance.index import GuidanceIndex
    from tools.guidance.tool import GuidanceTool

    index = GuidanceIndex(settings.data / "guidance" / "vectors.json", url=settings.qdrant_url)
    return GuidanceTool(index)


def open_documents(settings: Settings) -> "DocumentReader":
    """Give the reader of documents; its process for pictures starts with the first picture."""
    from tools.documents import DocumentReader, Limits

    pictures = _reader_of_pictures(
        settings.ocr_page_seconds, settings.ocr_threads, settings.ocr_memory_mb
    )
    return DocumentReader(Limits.of(settings), pictures if settings.ocr else None)


@cache
def _reader_of_pictures(seconds: float, threads: int, memory_mb: int) -> "WarmReader":
    """Give the one reader of this process: it takes seconds to start and 1 GB while it runs."""
    from tools.documents import WarmReader

    return WarmReader(seconds=seconds, threads=threads, memory_mb=memory_mb)


def open_kit(
    settings: Settings,
    parts: Kernel,
    complete: "Complete",
    screener: "Screener",
    told: Callable[[str, str], None] | None = None,
) -> "Kit":
    """Give the agents their tools, prompts, gates and model."""
    from agents.kit import Kit
    from prompts.registry import load_prompts
    from tools.registry import mandatory, optional

    run_desk = parts.run_desk

    def started(case_id: str, run_id: str, node: str) -> None:
        run_desk.step(case_id, run_id, node)
        if told is not None:
            told(case_id, node)

    return Kit(
        desk=run_desk,
        replacing=parts.replacing,
        complete=complete,
        prompts=load_prompts(),
        mandatory=mandatory(
            open_parquet=run_desk.blob_path,
            screener=screener,
            clock=parts.clock,
            suppressed=StoredSuppressions(parts.store),
        ),
        optional=optional(open_parquet=run_desk.blob_path, guidance=open_guidance(settings)),
        rules=parts.rules,
        claims=parts.claims,
        clock=parts.clock,
        new_id=parts.new_id,
        documents=open_documents(settings),
        evidence_rounds=settings.evidence_rounds,
        repair_rounds=settings.repair_rounds,
        deadline_s=settings.model_deadline_s,
        token_budget=settings.case_token_budget,
        started=started,
    )


def checkpoints_of(settings: Settings) -> Path:
    """Tell where the runs' checkpoints lie."""
    return settings.data / "runs.db"


def jobs_of(settings: Settings) -> str:
    """Tell where DBOS keeps its workflows."""
    if settings.database.startswith("postgresql"):
        return settings.database
    return f"sqlite:///{settings.data / 'jobs.db'}"


def settings_in(folder: Path | None = None) -> Settings:
    """Read the settings; `folder` stands in for the data folder."""
    settings = load_settings()
    return settings if folder is None else settings.model_copy(update={"data_dir": folder})
