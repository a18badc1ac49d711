"""Two million order lines through the import, up to the staged batch: one JSON line.

    python bench/import_orders.py [rows]

`cpu_ratio`: CPU of detecting and aligning over the floor of the same run, Python's `csv` module only reading the file.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HEADER = ["订单号", "客户编号", "下单时间", "商品编码", "商品名称", "数量", "单价", "国家"]


def write(path: Path, rows: int) -> None:
    """A made order file: ten lines an order, twenty thousand customers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for number in range(rows):
            order = number // 10
            moment = f"2024/{order % 12 + 1}/{order % 28 + 1} {order % 24:02d}:{order % 60:02d}"
            out.writerow(
                [order, f"K{order % 20_000}", moment, f"S{number % 4_000}", f"商品 {number % 4_000}", number % 20 + 1, "1.25", "中国"]
            )


def main(rows: int) -> None:
    """Writes, reads (the floor) and aligns the file."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "liuke.server.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIUKE_DATA_DIR"] = folder
        import django

        django.setup()
        from liuke.align.domain.suggest import suggest_mapping
        from liuke.align.service import ImportFacts, align_file
        from liuke.connect.sources.files.rows import detect

        path = Path(folder) / "orders.csv"
        write(path, rows)
        started = time.process_time()
        with path.open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == rows + 1
        floor = time.process_time() - started
        wall, cpu = time.perf_counter(), time.process_time()
        detected = detect(path)
        mapping = suggest_mapping("orders", detected.columns).mapping
        facts = ImportFacts("bench", "Asia/Shanghai", "CNY", datetime.now(UTC))
        result = align_file(path, detected=detected, mapping=mapping, facts=facts, work_dir=Path(folder))
        figures = {
            "bench": "import_orders",
            "rows": result.rows_total,
            "rejected": result.rows_rejected,
            "megabytes": round(path.stat().st_size / 1e6),
            "wall_s": round(time.perf_counter() - wall, 1),
            "cpu_s": round(time.process_time() - cpu, 1),
            "cpu_ratio": round((time.process_time() - cpu) / floor, 1),
            "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000)
