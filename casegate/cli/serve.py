"""`casegate serve` and `casegate ui`: one process each."""

from typing import Annotated

import typer

from casegate.cli import frame

serve = frame.group("Run the HTTP service.")
ui = frame.group("Run the reviewer desk.")

_KEEP_ALIVE_S = 30

Host = Annotated[str, typer.Option("--host", help="Address to listen on; empty: the settings'.")]
Port = Annotated[int, typer.Option("--port", help="Port; 0: the settings'.", min=0, max=65535)]


@serve.command("serve")
def serve_api(host: Host = "", port: Port = 0) -> None:
    """Run the HTTP service until it is stopped."""
    from casegate.config import load_settings
    from casegate.origin import require_own_packages

    require_own_packages()
    settings = load_settings()
    _run("server:app", host or settings.api_host, port or settings.api_port)


@ui.command("ui")
def serve_ui(host: Host = "", port: Port = 0) -> None:
    """Run the reviewer desk until it is stopped. It speaks to the API alone."""
    from casegate.config import load_settings
    from casegate.origin import require_own_packages

    require_own_packages()
    settings = load_settings()
    _run("ui.serve:app", host or settings.api_host, port or settings.ui_port)


def _run(factory: str, host: str, port: int) -> None:
    import uvicorn

    from casegate.origin import root

    frame.note(f"http://{host}:{port}")
    uvicorn.run(
        factory,
        factory=True,
        host=host,
        port=port,
        app_dir=str(root()),
        timeout_keep_alive=_KEEP_ALIVE_S,
        # Addresses hold ids only, but an access log of every page image helps nobody.
        access_log=False,
        server_header=False,
        log_level="warning",
    )
