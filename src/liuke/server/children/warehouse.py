"""Owns the DuckDB files until told to stop. Needs no Django."""

from __future__ import annotations

from liuke.base.logs import log_to_stderr
from liuke.base.settings import from_environment
from liuke.warehouse.daemon import serve


def main() -> None:
    """The process."""
    settings = from_environment()
    log_to_stderr("warehouse", as_json=settings.log_json)
    serve(settings)


if __name__ == "__main__":
    main()
