"""Real dossiers, made once over real SQLite, shown by screens that speak to a client in memory."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from casegate.api.rows import read_rows
from casegate.client import Dossier
from casegate.desk.kernel import Kernel
from casegate.model.case import Disposition
from casegate.model.decision import DecisionDraft
from tests.api.seed import PEOPLE, open_desk, put_into_queue
from tests.api.seed_gates import ESCALATE, FLAG, FakeRules
from tests.api.seed_papers import put_papers_into_queue
from tests.ui.desk_client import MemoryClient

SCRIPT = Path("ui/app.py").absolute()


@pytest.fixture(scope="session")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    opened = open_desk(tmp_path_factory.mktemp("desk"), rules=FakeRules((ESCALATE, FLAG)))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def ready(kernel: Kernel) -> Dossier:
    """Give a case that waits for review."""
    return kernel.desk.read(PEOPLE["ivan"], put_into_queue(kernel, vague=True))


@pytest.fixture(scope="session")
def papers(kernel: Kernel) -> Dossier:
    """Give a case whose papers need a person, in ivan's hands."""
    case_id, ivan = put_papers_into_queue(kernel), PEOPLE["ivan"]
    version = kernel.desk.read(ivan, case_id).case.version
    kernel.desk.claim(ivan, case_id, version=version)
    return kernel.desk.read(ivan, case_id)


@pytest.fixture(scope="session")
def pending(kernel: Kernel) -> Dossier:
    """Give a case that waits for approval, decided by ivan."""
    case_id, ivan = put_into_queue(kernel, "seasonal-business"), PEOPLE["ivan"]
    version = kernel.desk.read(ivan, case_id).case.version
    version = kernel.desk.claim(ivan, case_id, version=version).version
    draft = DecisionDraft(
        disposition=Disposition.NO_SUSPICION,
        reason_code="explained_by_profile",
        rationale="Seasonal.",
        acknowledged=("SAR-05",),
    )
    kernel.desk.decide(ivan, case_id, version=version, draft=draft)
    return kernel.desk.read(ivan, case_id)


@pytest.fixture
def client(kernel: Kernel, ready: Dossier) -> MemoryClient:
    """Give a client that holds the case which waits for review."""
    ivan, document = PEOPLE["ivan"], ready.documents[0]
    return MemoryClient(
        case_file=ready,
        page_png=kernel.desk.document_page(ivan, ready.case.id, document.id, 1),
        rows=read_rows(kernel.desk.transactions(ivan, ready.case.id), after=0, limit=999)[0],
        log=kernel.desk.events(ivan, ready.case.id),
    )


Show = Callable[..., AppTest]


@pytest.fixture
def show(client: MemoryClient, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Give a function that shows the desk: the queue, or the client's case."""
    # AppTest has no browser; what it puts in the place of cookies answers to every name.
    monkeypatch.setattr(ContextProxy, "cookies", {})

    def run(*, group: str = "To do", tab: str = "", open_case: bool = False) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=20)
        app.session_state["client"] = client
        app.session_state["queue-group"] = group
        if tab:
            app.session_state["tabs"] = (client.case_file.case.id, tab, 1)
        app.run()
        if open_case:
            app.button(key=f"open-{client.case_file.case.id}").click().run()
        return app

    return run


def drawn(app: AppTest) -> str:
    """Give all HTML that the screen put out."""
    return "\n".join(str(part.proto.body) for part in app.get("html"))
