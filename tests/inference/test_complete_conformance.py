"""What every way to fill the model seam must do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from casegate.errors import (
    CasegateError,
    ModelOutputInvalid,
    ModelTimeout,
    ModelUnavailable,
    TokenBudgetExceeded,
)
from casegate.inference.line import WaitingLine
from casegate.inference.openai_server import ServerComplete
from casegate.inference.ports import Complete
from casegate.inference.recorded import RecordedComplete, Recorder
from tests.inference.asking import CONTEXT, SCHEMA, ask

EVERY = ["server", "recorded", pytest.param("llama", marks=pytest.mark.model)]
THINKING = ["server", pytest.param("llama", marks=pytest.mark.model)]


@pytest.fixture
def complete(
    request: pytest.FixtureRequest, model_server: str, tmp_path: Path
) -> Iterator[Complete]:
    """The seam, filled as the test's parameter says."""
    if request.param == "llama":
        yield WaitingLine(request.getfixturevalue("llama"), lock_file=tmp_path / "lock")
        return
    server = ServerComplete(model_server, "small", context=CONTEXT)
    if request.param == "server":
        yield server
    else:
        Recorder(server, tmp_path / "recorded")(ask())
        yield RecordedComplete(tmp_path / "recorded")
    server.close()


@pytest.mark.parametrize("complete", EVERY, indirect=True)
def test_an_answer_is_json_of_the_asked_schema_with_its_tokens_counted(complete: Complete) -> None:
    completion = complete(ask())
    answer = json.loads(completion.text)
    assert list(answer) == list(SCHEMA["properties"])
    assert answer["colour"] in SCHEMA["properties"]["colour"]["enum"]
    assert completion.prompt_tokens > 5
    assert 0 < completion.completion_tokens <= 40
    assert completion.seconds >= 0


@pytest.mark.parametrize("complete", EVERY, indirect=True)
def test_the_same_request_gets_the_same_answer(complete: Complete) -> None:
    assert complete(ask()).text == complete(ask()).text


@pytest.mark.parametrize("complete", EVERY, indirect=True)
def test_the_weights_are_named_without_a_call(complete: Complete) -> None:
    assert complete.identity == complete.identity
    assert complete.identity.name
    assert complete.identity.context_tokens == CONTEXT


@pytest.mark.parametrize("complete", EVERY, indirect=True)
def test_a_recorded_answer_is_replayed_byte_for_byte(complete: Complete, tmp_path: Path) -> None:
    completion = Recorder(complete, tmp_path / "again")(ask())
    replayed = RecordedComplete(tmp_path / "again")
    assert replayed(ask()) == completion
    assert replayed.identity == complete.identity


@pytest.mark.parametrize("complete", THINKING, indirect=True)
def test_a_prompt_that_does_not_fit_the_context_is_refused(complete: Complete) -> None:
    with pytest.raises(TokenBudgetExceeded, match="extract"):
        complete(ask("red " * 2000))


@pytest.mark.parametrize("complete", THINKING, indirect=True)
def test_an_answer_that_breaks_off_is_no_answer(complete: Complete) -> None:
    with pytest.raises(ModelOutputInvalid, match="broke off"):
        complete(ask(max_tokens=2))


@pytest.mark.parametrize(
    ("model", "error", "says"),
    [
        ("prose", ModelOutputInvalid, "is no JSON"),
        ("not-a-number", ModelOutputInvalid, "is no JSON"),
        ("other-schema", ModelOutputInvalid, "breaks"),
        ("no-usage", ModelUnavailable, "without a completion and its usage"),
        ("page", ModelUnavailable, "without a completion"),
        ("busy", ModelUnavailable, "status 503"),
        ("guarded", ModelUnavailable, "refused the key"),
    ],
)
def test_a_server_that_misbehaves_is_an_error_and_never_an_answer(
    model_server: str, model: str, error: type[CasegateError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        ServerComplete(model_server, model, context=CONTEXT)(ask())
    assert "Lisbon" not in str(caught.value)


def test_a_key_is_sent_as_a_bearer_token(model_server: str) -> None:
    complete = ServerComplete(model_server, "guarded", api_key="sesame", context=CONTEXT)
    assert complete(ask()).text


def test_a_late_server_is_a_timeout(model_server: str) -> None:
    with pytest.raises(ModelTimeout, match=r"within 0\.2 s"):
        ServerComplete(model_server, "slow", context=CONTEXT)(ask(deadline_s=0.2))


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable, match="can't be reached"):
        ServerComplete("http://127.0.0.1:9", "small", context=CONTEXT)(ask())


def test_a_request_that_was_never_recorded_names_its_task_and_prompt(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"'extract'.*'test/colour@1#000000000000'"):
        RecordedComplete(tmp_path)(ask())


@pytest.mark.parametrize(
    "other",
    [ask("Another text."), ask(seed=8), ask(temperature=0.5), ask(system="Another.")],
    ids=["text", "seed", "temperature", "system"],
)
def test_a_recording_answers_no_other_request(
    model_server: str, tmp_path: Path, other: object
) -> None:
    Recorder(ServerComplete(model_server, "small", context=CONTEXT), tmp_path)(ask())
    with pytest.raises(ModelUnavailable):
        RecordedComplete(tmp_path)(other)  # type: ignore[arg-type]


def test_recordings_hold_no_prompt(model_server: str, tmp_path: Path) -> None:
    Recorder(ServerComplete(model_server, "small", context=CONTEXT), tmp_path)(ask())
    written = "".join(path.read_text() for path in tmp_path.iterdir())
    assert "The door is red" not in written
