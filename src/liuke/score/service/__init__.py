"""Score everybody, or a few customers exactly as a run over everybody would. Django-free: notebooks use it too."""

from liuke.score.service.scoring import (
    Prepared,
    Scored,
    score_customers,
    score_finish,
    score_judge,
    score_prepare,
    score_profiled,
    score_run,
    score_sql,
    strengths,
)

__all__ = [
    "Prepared",
    "Scored",
    "score_customers",
    "score_finish",
    "score_judge",
    "score_prepare",
    "score_profiled",
    "score_run",
    "score_sql",
    "strengths",
]
