"""The container files, read as files: no engine is needed to see that they keep their promises."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from casegate.cli import GROUPS
from casegate.config import Settings

ROOT = Path(__file__).parents[2]
OURS = ("api", "worker", "ui", "model")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_one_image_serves_api_worker_and_desk_by_three_commands() -> None:
    assert {SERVICES[name]["image"] for name in OURS} == {"casegate:latest"}
    first_words = {name: SERVICES[name]["command"][0] for name in ("api", "worker", "ui")}
    assert first_words == {"api": "serve", "worker": "work", "ui": "ui"}
    assert {SERVICES[name]["command"][0] for name in OURS} <= {group.name for group in GROUPS}


@pytest.mark.parametrize("name", OURS)
def test_our_processes_run_without_root_rights_on_a_read_only_system(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_ports_are_bound_to_this_machine(name: str) -> None:
    for port in SERVICES[name].get("ports", ()):
        assert port.startswith("127.0.0.1:"), port


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"model"}))
def test_every_lasting_service_tells_its_health(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", ["api", "worker", "ui"])
def test_telemetry_of_libraries_is_off(name: str) -> None:
    environment = SERVICES[name]["environment"]
    assert environment["DO_NOT_TRACK"] == "1"
    assert environment["SCARF_NO_ANALYTICS"] == "true"


def test_parts_that_replace_embedded_ones_start_only_by_their_profile() -> None:
    profiles = {name: service.get("profiles", []) for name, service in SERVICES.items()}
    assert {name for name, given in profiles.items() if not given} == set(OURS)
    named = {p for given in profiles.values() for p in given}
    assert named == {"postgres", "qdrant", "llama", "screening"}


def test_no_secret_stands_in_the_file() -> None:
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            secret = re.search(r"PASSWORD|KEY|SECRET|TOKEN", key) and not key.endswith("_FILE")
            assert not secret or value.startswith("${"), f"{name}: {key}"


def test_every_setting_that_is_passed_exists() -> None:
    known = {f"CASEGATE_{name.upper()}" for name in Settings.model_fields}
    for name in OURS:
        given = {key for key in SERVICES[name].get("environment", {}) if key.startswith("CASEGATE")}
        assert given <= known


def test_every_volume_and_secret_is_declared_and_used() -> None:
    mounted = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", ())}
    assert mounted == set(COMPOSE["volumes"])
    assert {x for s in SERVICES.values() for x in s.get("secrets", ())} == set(COMPOSE["secrets"])


def test_every_dependency_is_a_service_that_starts_whenever_the_one_that_needs_it_does() -> None:
    for service in SERVICES.values():
        for needed in service.get("depends_on", {}):
            own = set(service.get("profiles", []))
            assert not SERVICES[needed].get("profiles") or own <= set(SERVICES[needed]["profiles"])
            assert own or not SERVICES[needed].get("profiles")


def test_the_index_of_lists_is_reached_by_its_pinned_server_alone() -> None:
    assert SERVICES["yente"]["image"].endswith(":5.4.0")
    assert SERVICES["opensearch"]["image"].endswith(":2.19.5")
    assert SERVICES["opensearch"]["networks"] == ["index"]
    assert COMPOSE["networks"]["index"] == {"internal": True}
    assert {n for n, s in SERVICES.items() if "index" in s.get("networks", ())} == {
        "opensearch",
        "yente",
    }


def test_the_image_runs_as_the_user_that_compose_names() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--uid 10001" in dockerfile
    assert dockerfile.index("USER casegate") < dockerfile.index("ENTRYPOINT")
    assert "--require-hashes" in dockerfile


def test_secrets_and_data_stay_out_of_image_and_history() -> None:
    kept_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"data", ".env", ".git"} <= set(kept_out)
    assert {"/data/", ".env", "secrets/"} <= set(ignored)
