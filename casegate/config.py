"""All settings on one page. Read once, by a composition root; every problem is named at once."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from casegate.errors import SettingInvalid


class Settings(BaseSettings):
    """Environment variables `CASEGATE_<NAME>`; defaults are safe for one machine."""

    model_config = SettingsConfigDict(env_prefix="CASEGATE_", extra="ignore", frozen=True)

    # Where things are kept
    data_dir: Path = Path("data")
    """Database, blobs, indexes and the audit checkpoint of this installation."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in the data folder."""
    models_dir: Path = Path("~/.cache/casegate/models")
    """Model files, shared between checkouts; every file is checked by sha256 before use."""

    # The model
    model: str = "qwen2.5-coder-1.5b-instruct"
    """A name of the catalogue (`casegate models list`), such as `llama-3.2-3b-instruct`."""
    model_url: str = ""
    """Base URL of an OpenAI-compatible server; empty means llama.cpp in the worker."""
    model_api_key: SecretStr = SecretStr("")
    model_threads: int = Field(default=0, ge=0, le=256)
    """0 means: as many as there are cores, fewer while other processes keep cores busy."""
    model_context: int = Field(default=4096, ge=512, le=131072)
    """Tokens of prompt and answer together."""
    model_deadline_s: float = Field(default=180.0, gt=0)
    """Seconds for one call, waiting in line included."""
    case_token_budget: int = Field(default=40_000, ge=1000)
    """Tokens, prompt and answer, that one case may use; past it the case goes to a person."""

    # The agents
    evidence_rounds: int = Field(default=2, ge=0, le=8)
    """How many more tools the model may ask for after the mandatory ones."""
    repair_rounds: int = Field(default=1, ge=0, le=4)
    """How often a plan that fails the claim gate goes back to the model."""

    # Intake
    max_document_bytes: int = Field(default=20_000_000, ge=1000)
    max_document_pages: int = Field(default=100, ge=1)
    parse_seconds: float = Field(default=30.0, gt=0)
    """Wall time of the parser's child process for one file."""
    parse_memory_mb: int = Field(default=2048, ge=256)
    ocr: bool = True
    """Read the words of scans and photos; off means that such pages go to a person unread."""
    ocr_page_seconds: float = Field(default=60.0, gt=0)
    """Wall time for reading one page; past it the page goes to a person unread."""
    ocr_threads: int = Field(default=0, ge=0, le=256)
    """0 means: as many as there are cores."""
    ocr_memory_mb: int = Field(default=3072, ge=1024)
    """Address space of the reading process; it holds 0.4 to 1 GB of it in memory."""
    max_transactions_bytes: int = Field(default=100_000_000, ge=1000)

    # Screening and guidance
    screening_threshold: float = Field(default=0.7, ge=0.5, le=1.0)
    screening_candidates: int = Field(default=20, ge=1, le=200)
    screening_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """Base URL of a yente server; empty means the lists of this data folder."""
    screening_dataset: str = Field(default="default", pattern=r"^[a-z0-9_]+$")
    """What is searched on the yente server: a dataset or collection of its catalogue."""
    screening_seconds: float = Field(default=30.0, gt=0)
    """Longest wait for bytes of the yente server; past it nobody was screened."""
    list_max_age_days: int = Field(default=0, ge=0)
    """Overrides the policy's age limit of a list, in days; 0 keeps the policy's."""
    rescreen_poll_s: float = Field(default=30.0, ge=1, le=3600)
    """How often the worker looks whether a list changed and customers are to be screened again."""
    rescreen_full_days: int = Field(default=0, ge=0, le=3650)
    """Days after which every customer is screened anew, whatever changed; 0 means never."""
    customer_jurisdiction: str = Field(default="US", pattern="^[A-Z]{2}$")
    """Of the cases that ongoing screening opens."""
    max_batch_bytes: int = Field(default=50_000_000, ge=1000)
    """Body of one `POST /v1/screenings/batch`."""
    qdrant_url: str = ""
    """Qdrant server for guidance vectors; empty means local mode inside the worker."""

    # Serving
    api_host: str = "127.0.0.1"
    api_port: int = Field(default=8400, ge=1, le=65535)
    ui_port: int = Field(default=8401, ge=1, le=65535)
    api_url: str = ""
    """Where the desk finds the API; empty means `api_host`:`api_port`."""
    session_minutes: int = Field(default=480, ge=5)
    idempotency_days: int = Field(default=7, ge=1, le=3650)
    """How long an `Idempotency-Key` is remembered; the same request later is a new one."""
    environment: Literal["demo", "production"] = "demo"
    """`demo` seeds users with known passwords; `production` refuses to start with them."""

    @property
    def data(self) -> Path:
        """The data folder, absolute."""
        return self.data_dir.expanduser().absolute()

    @property
    def models(self) -> Path:
        """The models folder, absolute."""
        return self.models_dir.expanduser().absolute()

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.data / 'casegate.db'}"

    @property
    def api_base(self) -> str:
        """The API's base URL in force."""
        return self.api_url or f"http://{self.api_host}:{self.api_port}"


def load_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingInvalid: names every setting that can't be used, with what it expects.
    """
    try:
        return Settings()
    except ValidationError as bad:
        lines = [
            f"CASEGATE_{'_'.join(str(p) for p in e['loc']).upper()}: {e['msg']}"
            for e in bad.errors(include_input=False)
        ]
        raise SettingInvalid("; ".join(lines)) from None
