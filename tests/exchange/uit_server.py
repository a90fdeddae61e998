"""A server on this machine that answers as UiTdatabank does, or as it should not."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from partnerwijzer.exchange.uitdatabank import live
from tests.exchange.uit import event, page


class Server:
    """Answers as UiTdatabank does; `answers` come first, in turn: (status, headers, body). `slow`
    is how many seconds the next answers let wait for their body."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[tuple[dict[str, list[str]], str]] = []
        self.slow: list[float] = []
        self.events = [event(n) for n in range(1, 8)]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = outer.answer(self.path, self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if outer.slow:
                    time.sleep(outer.slow.pop(0))
                with suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *arguments: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, path: str, headers: Any) -> tuple[int, dict[str, str], bytes]:
        query = parse_qs(urlsplit(path).query)
        self.asked.append((query, headers["X-Api-Key"]))
        if self.answers:
            return self.answers.pop(0)
        start, limit = int(query["start"][0]), int(query["limit"][0])
        some = page(*self.events[start : start + limit], total=len(self.events))
        return 200, {}, json.dumps(some).encode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(live, "PER_PAGE", 3)
    monkeypatch.setattr(live, "BETWEEN", 0.0)
    settings.UITDATABANK_URL, settings.UITDATABANK_KEY = made.url, "sleutel"
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()
