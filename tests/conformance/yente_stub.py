"""A small server that answers as yente 5 does: the published requests and shapes, on loopback.

It scores with nomenklatura itself, over entities in memory; where yente asks OpenSearch for
candidates, it takes every entity of a kind that may be meant. `broken` makes it answer wrongly.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from followthemoney import EntityProxy, model
from nomenklatura.matching.logic_v2.model import LogicV2
from nomenklatura.matching.types import ScoringConfig

from casegate.model.base import Json

DATASET = "house"
Answer = tuple[int, bytes]
_IDS = count()


class YenteStub:
    """What the server knows, and how it is to misbehave."""

    def __init__(self, entities: list[Json]) -> None:
        self.entities = entities
        self.version = "20260131000000-abc"
        self.asked: list[tuple[str, Json]] = []
        """Paths with their query, and bodies, in the order of asking."""
        self.broken: Callable[[str, Answer], Answer] = lambda _path, answer: answer

    def answer(self, target: str, body: bytes) -> Answer:
        """Answer one request."""
        path = urlsplit(target).path
        sent: Json = json.loads(body) if body else {}
        self.asked.append((target, sent))
        told = self._told(path, parse_qs(urlsplit(target).query), sent)
        if told is None:
            return self.broken(path, (404, b'{"detail": "Not Found"}'))
        return self.broken(path, (200, json.dumps(told).encode()))

    def _told(self, path: str, parameters: dict[str, list[str]], sent: Json) -> Json | None:
        if path == "/catalog":
            return self._catalog()
        if path == "/openapi.json":
            return {"openapi": "3.1.0", "info": {"title": "yente", "version": "5.4.0"}}
        if path == "/algorithms":
            docs = json.loads(LogicV2.get_docs().model_dump_json())
            algorithm = {"name": LogicV2.NAME, "description": "", "docs": docs}
            return {"algorithms": [algorithm], "default": "logic-v1", "best": LogicV2.NAME}
        if path == f"/match/{DATASET}":
            return self._match(parameters, sent)
        return None

    def _catalog(self) -> Json:
        dataset = {
            "name": DATASET, "title": "House list", "load": True, "children": [],
            "version": self.version, "index_version": self.version, "index_current": True,
            "updated_at": "2026-01-31T00:00:00", "entity_count": len(self.entities),
        }  # fmt: skip
        world = {
            "name": "world", "title": "All", "load": False, "children": [DATASET],
            "version": None, "index_version": None, "index_current": False,
        }  # fmt: skip
        return {"datasets": [dataset, world], "current": [DATASET], "outdated": []}

    def _match(self, parameters: dict[str, list[str]], sent: Json) -> Json:
        assert parameters["algorithm"] == [LogicV2.NAME]
        limit, threshold = int(parameters["limit"][0]), float(parameters["threshold"][0])
        cutoff = min(float(parameters.get("cutoff", ["0.7"])[0]), threshold)
        config = ScoringConfig(weights=sent.get("weights", {}), config=sent.get("config", {}))
        responses = {}
        for key, example in sent["queries"].items():
            query = _entity(example, f"stub-query-{next(_IDS)}")
            scored = [self._scored(query, entity, config, threshold) for entity in self.entities]
            kept = [one for one in scored if one is not None and one["score"] > cutoff]
            kept.sort(key=lambda one: -one["score"])
            responses[key] = {
                "status": 200,
                "results": kept[:limit],
                "total": {"value": sum(one["match"] for one in kept), "relation": "eq"},
                "query": example,
            }
        return {"responses": responses, "limit": limit}

    def _scored(
        self, query: EntityProxy, entity: Json, config: ScoringConfig, threshold: float
    ) -> Json | None:
        candidate = _entity(entity, f"{entity['id']}@{next(_IDS)}")
        if not query.schema.can_match(candidate.schema):
            return None
        result = LogicV2.compare(query, candidate, config)
        return {
            "id": entity["id"], "caption": entity["caption"], "schema": entity["schema"],
            "properties": {
                **entity["properties"],
                "addressEntity": [{"id": "adr-1", "schema": "Address", "properties": {}}],
            },
            "datasets": [DATASET], "referents": [], "target": True,
            "first_seen": "2026-01-31T00:00:00", "last_seen": "2026-01-31T00:00:00",
            "score": result.score,
            "explanations": {n: e.model_dump() for n, e in result.explanations.items()},
            "match": result.score >= threshold,
        }  # fmt: skip


def _entity(data: Json, id_: str) -> EntityProxy:
    return EntityProxy(model[data["schema"]], {"id": id_, "properties": data["properties"]})


@contextmanager
def serving(stub: YenteStub) -> Iterator[str]:
    """Serve on a free port of loopback; gives the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(stub.answer(self.path, b""))

        def do_POST(self) -> None:
            self._send(stub.answer(self.path, self.rfile.read(int(self.headers["Content-Length"]))))

        def _send(self, answer: Answer) -> None:
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
