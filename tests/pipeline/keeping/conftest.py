"""The shop of the pipeline's tests, written for good: a backup reads what others committed."""

from __future__ import annotations

from tests.pipeline.conftest import shop

__all__ = ["shop"]
