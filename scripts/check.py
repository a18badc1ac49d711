"""What `make check` runs, side by side on the machine's cores; prints only what failed, then one line a check."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
WEB = ROOT / "web"

CHECKS: dict[str, tuple[list[str], Path]] = {
    "types (mypy)": ([str(BIN / "mypy")], ROOT),
    "types (tsc)": (["npx", "--no-install", "tsc", "--noEmit"], WEB),
    "lint (ruff)": ([str(BIN / "ruff"), "check", "."], ROOT),
    "format (ruff)": ([str(BIN / "ruff"), "format", "--check", "."], ROOT),
    "imports (import-linter)": ([str(BIN / "lint-imports")], ROOT),
    "lint (biome)": (["npx", "--no-install", "biome", "ci", "."], WEB),
    "migrations": ([str(BIN / "django-admin"), "makemigrations", "--check", "--dry-run"], ROOT),
    "API contract": ([str(BIN / "python"), "scripts/contract.py"], ROOT),
    "words (zh-CN and en)": ([str(BIN / "python"), "scripts/words.py"], ROOT),
    "house rules (web)": (["npm", "run", "--silent", "house"], WEB),
    "page sizes (web)": (["npm", "run", "--silent", "build"], WEB),
}


def run(name: str) -> tuple[str, int, str, float]:
    """One check: its name, exit code, output and seconds."""
    command, folder = CHECKS[name]
    env = os.environ | {"NO_COLOR": "1", "DJANGO_SETTINGS_MODULE": "liuke.server.settings"}
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return name, done.returncode, done.stdout + done.stderr, time.monotonic() - start


def main() -> int:
    """Run all checks; the exit code is the number of failures."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(run, CHECKS))
    for name, code, output, _ in results:
        if code:
            sys.stdout.write(f"\n── {name} failed ──\n{output[-6000:]}\n")
    for name, code, _, seconds in results:
        sys.stdout.write(f"{'FAILED' if code else 'ok    '} {name} ({seconds:.0f} s)\n")
    return sum(1 for _, code, _, _ in results if code)


if __name__ == "__main__":
    sys.exit(main())
