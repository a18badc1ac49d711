"""The built web app as browsers get it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from liuke.server.webapp import WebApp


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><p>app")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets" / "index-abc123.js").write_text("let plain = 1")
    (tmp_path / "assets" / "index-abc123.js.br").write_bytes(b"brotli")
    (tmp_path / "assets" / "index-abc123.js.gz").write_bytes(b"gzip")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


def get(root: Path, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=WebApp(root))
        async with httpx.AsyncClient(transport=transport, base_url="http://liuke") as client:
            async with client.stream(method, path, headers={"Accept-Encoding": "identity"} | headers) as answer:
                raw = b"".join([piece async for piece in answer.aiter_raw()])
            return httpx.Response(
                answer.status_code,
                headers=[(k, v) for k, v in answer.headers.items() if k != "content-encoding"],
                content=raw,
                extensions={"encoding": answer.headers.get("content-encoding", "")},
            )

    return asyncio.run(ask())


@pytest.mark.parametrize("path", ["/", "/customers", "/customers/7", "/w/sample/alerts"])
def test_every_page_of_the_app_is_its_index_and_never_cached(root: Path, path: str) -> None:
    answer = get(root, path)
    assert (answer.status_code, answer.text) == (200, "<!doctype html><p>app")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_hashed_assets_are_kept_for_ever(root: Path) -> None:
    answer = get(root, "/assets/index-abc123.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [("br, gzip", "br", "brotli"), ("gzip", "gzip", "gzip"), ("identity", "", "let plain = 1"), ("br;q=0, gzip", "gzip", "gzip")],
)
def test_the_smallest_form_that_the_browser_takes_is_sent(root: Path, accepted: str, encoding: str, body: str) -> None:
    answer = get(root, "/assets/index-abc123.js", **{"Accept-Encoding": accepted})
    assert (answer.extensions["encoding"], answer.text) == (encoding, body)
    assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("path", ["/assets/gone-1.js", "/robots.txt", "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt"])
def test_missing_files_and_paths_outside_are_not_found(root: Path, path: str) -> None:
    answer = get(root, path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_an_unchanged_file_is_not_sent_again(root: Path) -> None:
    tag = get(root, "/").headers["etag"]
    answer = get(root, "/", **{"If-None-Match": tag})
    assert (answer.status_code, answer.text) == (304, "")


def test_scripts_come_from_our_own_files_only(root: Path) -> None:
    policy = get(root, "/").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert get(root, "/").headers["x-content-type-options"] == "nosniff"


def test_pages_are_only_read(root: Path) -> None:
    assert get(root, "/", "POST").status_code == 405
    assert get(root, "/", "HEAD").text == ""


def test_without_a_built_app_the_page_says_how_to_build_it(tmp_path: Path) -> None:
    answer = get(tmp_path / "nowhere", "/")
    assert answer.status_code == 503
    assert "make setup" in answer.text


def scripts(root: Path, path: str) -> str:
    policy = get(root, path).headers["content-security-policy"]
    return next(part.strip() for part in policy.split(";") if part.strip().startswith("script-src"))


@pytest.mark.parametrize("path", ["/w/acme/sidebar", "/w/acme/sidebar/"])
def test_C36_01_the_side_bar_may_load_wecoms_script_and_nobody_elses(root: Path, path: str) -> None:
    assert scripts(root, path) == "script-src 'self' https://wwcdn.weixin.qq.com"
    assert get(root, path).headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/sidebar", "/w/acme/alerts/3", "/w/acme/sidebar/more", "/w/a/b/sidebar", "/assets/index-abc123.js"])
def test_no_other_page_may(root: Path, path: str) -> None:
    assert scripts(root, path) == "script-src 'self'"
