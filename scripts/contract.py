"""Fail where `web/openapi.json` is not what the API says today."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
today = subprocess.run([sys.executable, str(ROOT / "scripts" / "openapi.py")], capture_output=True, text=True, check=True).stdout
if today != (ROOT / "web" / "openapi.json").read_text("utf-8"):
    sys.exit("web/openapi.json is behind the API: run `make openapi` and commit it")
