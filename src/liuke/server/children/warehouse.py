"""Owns the DuckDB files until told to stop. Needs no Django."""

from __future__ import annotations

import logging

from liuke.base.settings import from_environment
from liuke.warehouse.daemon import serve


def main() -> None:
    """The process."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    serve(from_environment())


if __name__ == "__main__":
    main()
