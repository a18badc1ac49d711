"""The built web app: hashed assets for ever, `index.html` never from a cache and for every page of the app."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liuke.server.bridge import Header, Receive, Scope, Send, answer

IMMUTABLE = b"public, max-age=31536000, immutable"
SCRIPTS = {"/sdk.js": b"public, max-age=3600, stale-while-revalidate=86400", "/sdk/wx.js": b"public, max-age=3600"}
"""What other sites load from here: any of them may, and keeps it for an hour."""
ENCODINGS = ((b"br", ".br"), (b"gzip", ".gz"))
POLICY = (
    b"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    b"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WECOM_SCRIPTS = b"https://wwcdn.weixin.qq.com"
"""Where WeCom keeps the script that its side bar needs; it lets no copy of it work."""
SIDEBAR = re.compile(r"/w/[^/]+/sidebar/?")
SAFETY: tuple[Header, ...] = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
"""`style-src 'unsafe-inline'`: the component library writes style tags. Scripts come from our own files; see `safety_of`."""
NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>Liuke</title>
<p lang="zh-CN">网页尚未构建,请运行 <code>make setup</code>。</p>
<p lang="en">The web app is not built yet: run <code>make setup</code>.</p>
""".encode()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file and its compressed twins by encoding."""

    path: Path
    kind: bytes
    twins: Mapping[bytes, Path]
    is_hashed: bool

    def best(self, accepted: bytes) -> tuple[Path, bytes]:
        """The smallest form that the browser takes, and its encoding (empty for the plain file)."""
        offers = {part.split(b";")[0].strip() for part in accepted.split(b",") if b"q=0" not in part.replace(b"q=0.", b"")}
        for name, _ in ENCODINGS:
            if name in offers and name in self.twins:
                return self.twins[name], name
        return self.path, b""


def assets_in(root: Path) -> dict[str, Asset]:
    """All files below `root` by their address; what is not listed at the start is never opened."""
    found = {}
    endings = tuple(ending for _, ending in ENCODINGS)
    for path in sorted(root.rglob("*")):
        if not path.is_file() or path.suffix in endings:
            continue
        address = "/" + path.relative_to(root).as_posix()
        twins = {name: twin for name, ending in ENCODINGS if (twin := path.with_name(path.name + ending)).exists()}
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "json", "svg+xml")) else ""
        found[address] = Asset(path, f"{kind}{charset}".encode(), twins, address.startswith("/assets/"))
    return found


def safety_of(path: str) -> list[Header]:
    """The headers of a page: the side bar inside WeCom, and nothing else, may load WeCom's script."""
    if not SIDEBAR.fullmatch(path):
        return list(SAFETY)
    wider = POLICY.replace(b"script-src 'self'", b"script-src 'self' " + WECOM_SCRIPTS)
    return [(name, wider if value == POLICY else value) for name, value in SAFETY]


def headers_of(path: str) -> list[Header]:
    """Safety headers, and for scripts that other sites load the leave to do so."""
    if path not in SCRIPTS:
        return safety_of(path)
    return [*SAFETY, (b"access-control-allow-origin", b"*"), (b"cross-origin-resource-policy", b"cross-origin")]


class WebApp:
    """An ASGI application over one folder; without a built app it says how to build it."""

    def __init__(self, root: Path) -> None:
        self._assets = assets_in(root)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """A file of the app, or its page for any other address."""
        if scope["method"] not in {"GET", "HEAD"}:
            await answer(send, 405, [*SAFETY, (b"allow", b"GET, HEAD")], b"")
            return
        path = scope["path"]
        asset = self._assets.get(path)
        if asset is None and not _is_page(path):
            await answer(send, 404, [*SAFETY, (b"cache-control", b"no-store")], b"")
            return
        asset = asset or self._assets.get("/index.html")
        if asset is None:
            await answer(send, 503, [*SAFETY, (b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")], NOT_BUILT)
            return
        await _send_file(asset, scope, headers_of(path), send)


def _is_page(path: str) -> bool:
    """Whether the app's router may know it: addresses of pages have no file ending."""
    return not path.startswith("/assets/") and "." not in path.rsplit("/", 1)[-1]


async def _send_file(asset: Asset, scope: Scope, safety: list[Header], send: Send) -> None:
    headers = dict(scope["headers"])
    path, encoding = asset.best(headers.get(b"accept-encoding", b""))
    status = await asyncio.to_thread(path.stat)
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'.encode()
    fields: list[Header] = [*safety, (b"content-type", asset.kind), (b"etag", tag), (b"vary", b"accept-encoding")]
    fields.append((b"cache-control", IMMUTABLE if asset.is_hashed else SCRIPTS.get(scope["path"], b"no-cache")))
    if headers.get(b"if-none-match") == tag:
        await answer(send, 304, fields, b"")
        return
    if encoding:
        fields.append((b"content-encoding", encoding))
    body = b"" if scope["method"] == "HEAD" else await asyncio.to_thread(path.read_bytes)
    await answer(send, 200, fields, body)
