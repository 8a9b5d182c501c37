"""`casegate doctor`: what is wrong with this installation, and how to mend it."""

from casegate.cli import checks, frame
from casegate.cli.checks import Check, Look
from casegate.config import Settings

app = frame.group("Check this installation.")

MARK = {"ok": "ok  ", "warn": "warn", "bad": "BAD "}


@app.command()
def doctor(as_json: frame.AsJson = False) -> None:
    """Look at every part; exit 1 if one is bad."""
    from casegate.config import load_settings

    settings = load_settings()
    found = [checks.look(name, at, settings) for name, at in CHECKS.items()]
    text = [line for check in found for line in _lines(check)]
    bad = sum(check.state == "bad" for check in found)
    warned = sum(check.state == "warn" for check in found)
    text.append(f"{len(found)} checks, {bad} bad, {warned} warnings")
    document = {"checks": [check._asdict() for check in found], "bad": bad, "warn": warned}
    frame.emit(document, as_json=as_json, text=text)
    if bad:
        raise frame.No


def _lines(check: Check) -> list[str]:
    lines = [f"{MARK[check.state]}  {check.name:10} {check.found}"]
    if check.state != "ok" and check.mend:
        lines.append(f"{'':17}{check.mend}")
    return lines


def model(settings: Settings) -> Check:
    """The model file, hashed, or the model's server."""
    if settings.model_url:
        return _server(settings)
    from casegate.inference.catalogue import entry
    from casegate.inference.verify import verified

    wanted = entry(settings.model)
    verified(wanted, settings.models)
    import llama_cpp

    found = f"{wanted.name}, sha256 {wanted.sha256[:12]} as it must be"
    return Check("model", "ok", f"{found}, llama.cpp binding {llama_cpp.__version__}")


def _server(settings: Settings) -> Check:
    import httpx

    url = f"{settings.model_url.rstrip('/')}/models"
    key = settings.model_api_key.get_secret_value()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    mend = "Check CASEGATE_MODEL_URL, CASEGATE_MODEL_API_KEY and the server."
    try:
        answer = httpx.get(url, headers=headers, timeout=5.0)
    except httpx.HTTPError as error:
        return Check("model", "bad", f"{url} can't be reached ({type(error).__name__})", mend)
    if answer.is_error:
        return Check("model", "bad", f"{url} answers with status {answer.status_code}", mend)
    return Check("model", "ok", f"{url} answers")


def prompts(_: Settings) -> Check:
    """The prompts, all of them."""
    from prompts.registry import load_prompts

    loaded = load_prompts()
    live = sum(entry.state == "live" for entry in loaded.entries)
    return Check("prompts", "ok", f"{len(loaded.entries)} versions as sealed, {live} live")


def database(settings: Settings) -> Check:
    """The database and its schema version; a new one is not made here."""
    from casegate.storage.engine import make_engine, reading
    from casegate.storage.migrations import check

    engine = make_engine(settings.database)
    kind, file = engine.dialect.name, engine.url.database
    if kind == "sqlite" and not (file and settings.data.joinpath(file).exists()):
        return Check("database", "ok", "none yet; the first start makes it")
    try:
        with reading(engine) as connection:
            check(connection)
    finally:
        engine.dispose()
    return Check("database", "ok", f"{kind}, schema as this program needs it")


def _served_lists(settings: Settings) -> Check:
    from casegate.cli.wiring import open_screener
    from casegate.errors import ScreeningUnavailable

    try:
        versions = open_screener(settings).versions()
    except ScreeningUnavailable as down:
        return Check("lists", "warn", down.message, down.remedy)
    if not versions:
        mend = "Wait until yente has indexed it (`GET /readyz`); until then every case is held."
        return Check("lists", "warn", f"`{settings.screening_dataset}` is not indexed", mend)
    served = ", ".join(f"{v.list} of {v.published} ({v.entities:,})" for v in versions)
    return Check("lists", "ok", f"on the screening server: {served}")


def lists(settings: Settings) -> Check:
    """The sanctions lists in force."""
    if settings.screening_url:
        return _served_lists(settings)
    from casegate.clock import utc_now
    from tools.screening.lists import ListStore
    from tools.screening.policy import policy_at

    policy = policy_at(utc_now().date())
    store = ListStore(settings.data, clock=utc_now, policy=policy)
    versions, refused = store.versions(), store.refused()
    if not versions:
        mend = "Run `casegate lists load FILE --source ...`; until then every case is held."
        return Check("lists", "warn", "none is loaded", mend)
    found = ", ".join(f"{v.list} of {v.published} ({v.entities:,})" for v in versions)
    if refused:
        news = ", ".join(f"{r.list} ({r.reason}, {r.at:%Y-%m-%d})" for r in refused)
        mend = "Check the download and load it again; see `casegate lists status`."
        return Check("lists", "warn", f"{found}; refused since: {news}", mend)
    return Check("lists", "ok", found)


def parser(settings: Settings) -> Check:
    """The child process that reads documents."""
    from tools.documents import Limits, parse

    text = "Casegate reads this line."
    parsed = parse(text.encode(), "probe.txt", Limits.of(settings))
    if parsed.verdict == "parsed" and text in parsed.text:
        return Check("parser", "ok", "reads a document in its own process")
    return Check("parser", "bad", f"{parsed.verdict}: {parsed.reason}", "Run `make setup`.")


def isolation(settings: Settings) -> Check:
    """What the kernel keeps out of reach of the processes that open files from outside."""
    from tools.documents import Limits, parse

    granted = parse(b"Casegate reads this line.", "probe.txt", Limits.of(settings)).isolated
    names = ("network", "files", "system calls")
    held = [name for name, out in zip(names, granted, strict=True) if out]
    open_ = [name for name, out in zip(names, granted, strict=True) if not out]
    if not open_:
        return Check("isolation", "ok", f"out of the parsers' reach: {', '.join(held)}")
    mend = "Needs Linux with user namespaces, Landlock and seccomp; limits hold all the same."
    return Check("isolation", "warn", f"not out of the parsers' reach: {', '.join(open_)}", mend)


def ocr(settings: Settings) -> Check:
    """The networks that read scans and photos."""
    from tools.documents.ocr.models import missing_models

    if not settings.ocr:
        return Check("ocr", "ok", "switched off: scans and photos go to a person unread")
    missing = missing_models()
    if missing:
        return Check("ocr", "bad", f"not there: {', '.join(missing)}", "Run `make setup`.")
    return Check("ocr", "ok", "the networks that read scans and photos are there")


CHECKS: dict[str, Look] = {
    "python": checks.python,
    "packages": checks.packages,
    "names": checks.names,
    "libraries": checks.libraries,
    "browser": checks.browser,
    "disk": checks.disk,
    "threads": checks.threads,
    "model": model,
    "prompts": prompts,
    "database": database,
    "lists": lists,
    "parser": parser,
    "isolation": isolation,
    "ocr": ocr,
}
"""By the name under which each reports, in the order of the report."""
