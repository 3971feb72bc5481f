"""A host such as books are published on: it gzips, keeps connections open, and lets browsers cache."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg")


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)  # hosts' usual level


@contextmanager
def serve(folder: Path, extra: Path) -> Iterator[str]:
    """Serve `folder`, and `extra` for what is not in it, on this machine; gives the address."""

    @cache  # so that compressing is no part of what is measured
    def answer(path: str) -> tuple[int, list[tuple[str, str]], bytes]:
        for root in (folder.resolve(), extra.resolve()):
            file = (root / path.lstrip("/")).resolve()
            if file.is_file() and root in file.parents:
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                content, encoding = file.read_bytes(), []
                if kind.startswith(COMPRESSED):
                    content, encoding = gzipped(content), [("Content-Encoding", "gzip")]
                return 200, [("Content-Type", kind), *encoding], content
        return 404, [("Content-Type", "text/plain")], b"not found"

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # head and body leave together

        def do_GET(self) -> None:
            code, headers, content = answer(unquote(urlsplit(self.path).path))
            self.send_response_only(code)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A browser that is closed hangs up: nothing to say about it."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
