"""Sends under fire: 20,000 messages while workers are killed with -9 fifty times (docs/develop/add-a-channel.md).

PYTHONPATH=. .venv/bin/python bench/sends.py [messages] [kills]     prints one JSON line
Half go to a webhook that knows a key again and answers after 8 ms, half as SMS to a vendor that does not, at most 60 a second, so that
the kills fall into the sending. `LIUKE_DATABASE_URL` chooses PostgreSQL.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.act import kill9
from tests.running import installation

MESSAGES, KILLS = 20_000, 50
SMS_PER_SECOND, ANSWERS_AFTER = 60, 0.008


def main() -> None:
    """Run and print. Exit code 1 where something was lost or doubled."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else KILLS
    os.environ["LIUKE_WEBHOOK_ALLOW"] = "127.0.0.1"
    load = kill9.Load(messages, kills, most=2.0, per_second=SMS_PER_SECOND, answers_after=ANSWERS_AFTER)
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as installed:
        figures = kill9.run(installed, load)
    database = "postgresql" if os.environ.get("LIUKE_DATABASE_URL") else "sqlite"
    per_second = round(figures.messages / figures.seconds, 1)
    sys.stdout.write(json.dumps({"figure": "sends", "database": database, **asdict(figures), "messages_per_s": per_second}) + "\n")
    bad = figures.lost or figures.doubled_deduping or figures.doubled_sms or figures.unknown_deduping or figures.unknown_sms > figures.kills
    if bad:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
