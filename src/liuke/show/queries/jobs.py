"""Background work, as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liuke.base.words import LANGUAGES, render
from liuke.jobs.store.models import Job
from liuke.show.api.schemas.common import ErrorOut, JobOut
from liuke.show.queries.reader import word


def job_out(job: Job, language: str) -> JobOut:
    """A job with its stage and error in the reader's language."""
    return JobOut(
        id=job.pk,
        kind=job.kind,
        status=word(job.status),
        progress=job.progress,
        stage=render(job.stage["key"], job.stage.get("params", {}), language=language) if job.stage.get("key") else "",
        result=job.result,
        error=stored_error(job.error, language),
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def stored_error(error: Mapping[str, Any] | None, language: str) -> ErrorOut | None:
    """An error kept as `{"code", "params"}`, rendered for a reader."""
    if not error:
        return None
    code, params = str(error.get("code", "unexpected")), error.get("params", {})
    known = language if language in LANGUAGES else "zh-CN"
    return ErrorOut(code=code, message=render(f"errors.{code}", params, language=known), params=params)
