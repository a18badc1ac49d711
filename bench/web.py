"""`liuke bench web`: pages at 200,000 customers on SQLite, through the real server on loopback.

The workspace is made by the product itself: generated orders imported, scored once, alerts raised. One JSON line:
`list_p50_ms`/`list_p95_ms` over pages of 50 in every sort order and some filters, `customer_…` over the customer page with its
timeline, `dashboard_…`, and the same for `/healthz` as the floor of one request (`floor_p95_ms`), measured in between. Generated
rows: no accuracy may be quoted on them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import httpx
import numpy as np

CUSTOMERS, ORDERS = 200_000, 2_000_000
EMAIL, PASSWORD = "bench@liuke.example", "a-long-enough-one"
ROUNDS, PORT = 12, 8731
SORTS = ("-score", "score", "-annual_value", "-expected_loss", "name", "-last_order_at", "-delta_7d")
LISTS = [
    *({"scope": "all", "sort": sort} for sort in SORTS),
    {"scope": "all", "level": "high,medium"}, {"scope": "all", "tier": "high", "sort": "-annual_value"}, {"scope": "all", "status": "lost"},
    {"scope": "all", "q": "C1999"}, {"scope": "all", "status": "all", "q": "199"}, {"scope": "mine"},
]  # fmt: skip


def build() -> None:
    """Fill the data directory named by LIUKE_DATA_DIR."""
    from liuke.server import boot

    assert boot.READY
    import pyarrow as pa
    from django.core.management import call_command

    from liuke.accounts.service import installation_setup, workspace_create, workspace_now
    from liuke.alert.domain.changes import ReviewKind
    from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA, AlignedBatch, CustomerRow
    from liuke.base.times import DAY_US, to_us
    from liuke.facts.service import batch_write
    from liuke.pipeline.scoring import workspace_score
    from liuke.server.settings import LIUKE
    from liuke.warehouse import open_warehouse

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    admin = installation_setup(name="bench", email=EMAIL, password=PASSWORD)
    workspace = workspace_create(by=admin, name="bench", slug="bench", template="ecommerce")
    now, rng = workspace_now(workspace), np.random.default_rng(7)
    who = rng.integers(0, CUSTOMERS, ORDERS)
    last = rng.exponential(90, CUSTOMERS)[who]
    ts = to_us(now) - ((last + rng.random(ORDERS) * 400) * DAY_US).astype(np.int64)
    table = pa.table(
        [
            pa.array(["gen"] * ORDERS), pa.array([f"o{n}" for n in range(ORDERS)]), pa.array([f"C{n}" for n in who]),
            pa.array(ts), pa.array(ts),
            pa.array(["order.placed"] * ORDERS), pa.array(np.round(rng.lognormal(5, 1, ORDERS), 2)),
            pa.nulls(ORDERS, pa.string()), pa.nulls(ORDERS, pa.string()), pa.array(["{}"] * ORDERS),
        ],
        schema=ALIGNED_ACTIVITY_SCHEMA,
    )  # fmt: skip
    people = [CustomerRow(f"C{n}", f"Customer {n:06d}", attributes={"country": f"Land {n % 9}"}) for n in range(CUSTOMERS)]
    warehouse = open_warehouse(LIUKE)
    batch_write(workspace=workspace, batch=AlignedBatch("bench", [table], people), warehouse=warehouse)
    workspace_score(workspace=workspace, warehouse=warehouse, as_of=now, kind=ReviewKind.FIRST)
    warehouse.close()


def log_in(base: str) -> httpx.Client:
    """A browser's session."""
    client = httpx.Client(base_url=base, timeout=60)
    client.get("/_allauth/browser/v1/auth/session")
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    client.post("/_allauth/browser/v1/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
    return client


def timed(client: httpx.Client, path: str, params: dict[str, str] | None = None) -> tuple[float, httpx.Response]:
    """Milliseconds of one request, as a browser waits for it."""
    begin = time.perf_counter()
    answer = client.get(path, params=params)
    took = (time.perf_counter() - begin) * 1000
    answer.raise_for_status()
    return took, answer


def measure(client: httpx.Client) -> dict[str, list[float]]:
    """Every kind of page, interleaved; the first round warms up and is not counted."""
    api, took = "/api/v1/w/bench", {"list": [], "customer": [], "dashboard": [], "floor": []}
    for number in range(ROUNDS + 1):
        found: dict[str, list[float]] = {name: [] for name in took}
        for params in LISTS:
            ms, answer = timed(client, f"{api}/customers", params)
            found["list"].append(ms)
            page = answer.json()
            if page["next_cursor"]:
                found["list"].append(timed(client, f"{api}/customers", {**params, "cursor": page["next_cursor"]})[0])
            for row in page["items"][number % 50 : number % 50 + 1]:
                found["customer"].append(timed(client, f"{api}/customers/{row['id']}")[0])
                found["customer"].append(timed(client, f"{api}/customers/{row['id']}/timeline")[0])
            found["floor"].append(timed(client, "/healthz")[0])
        found["dashboard"].append(timed(client, f"{api}/dashboard")[0])
        if number:
            for name, values in found.items():
                took[name] += values
    return took


def quantiles(name: str, values: Iterable[float]) -> dict[str, float]:
    """p50, p95 and n."""
    found = np.fromiter(values, float)
    return {
        f"{name}_p50_ms": round(float(np.percentile(found, 50)), 1),
        f"{name}_p95_ms": round(float(np.percentile(found, 95)), 1),
        f"{name}_n": len(found),
    }


def main() -> int:
    """Build, serve, measure, print one line."""
    with tempfile.TemporaryDirectory(prefix="liuke-bench-") as folder:
        env = os.environ | {"LIUKE_DATA_DIR": folder, "LIUKE_PORT": str(PORT)}
        env.pop("LIUKE_DATABASE_URL", None)
        begin = time.perf_counter()
        subprocess.run([sys.executable, __file__, "--build"], env=env, check=True)
        built = time.perf_counter() - begin
        with Path(folder, "serve.log").open("wb") as log:
            server = subprocess.Popen([sys.executable, "-m", "liuke.server.supervisor"], env=env, stdout=log, stderr=log)
        try:
            base = f"http://127.0.0.1:{PORT}"
            deadline = time.monotonic() + 60
            while True:
                try:
                    httpx.get(f"{base}/healthz").raise_for_status()
                    break
                except httpx.HTTPError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.2)
            figures = {key: value for name, values in measure(log_in(base)).items() for key, value in quantiles(name, values).items()}
        finally:
            server.terminate()
            server.wait(20)
    ratio = round(figures["list_p95_ms"] / figures["floor_p95_ms"], 1)
    print(json.dumps({"bench": "web", "customers": CUSTOMERS, "build_s": round(built), **figures, "list_over_floor_p95": ratio}))
    return 0


if __name__ == "__main__":
    if "--build" in sys.argv:
        build()
    else:
        sys.exit(main())
