"""Writes docs/reference/playbook.schema.json anew: `python -m liuke.act.playbooks.publish`."""

from __future__ import annotations

import json
from pathlib import Path

from liuke.act.playbooks.domain.schema import playbook_schema

PUBLISHED = Path(__file__).parents[4] / "docs/reference/playbook.schema.json"


def main() -> None:
    """Write the file."""
    PUBLISHED.write_text(json.dumps(playbook_schema(), ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
