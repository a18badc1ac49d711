"""Use cases of learning: `outcomes.py`, `backtest.py` and `backtest_runs.py` (on the own past), `review.py` (rules that do little)."""

from liuke.learn.service.outcomes import Registered, Reverted, outcome_register, outcome_revert, outcomes_visible

__all__ = ["Registered", "Reverted", "outcome_register", "outcome_revert", "outcomes_visible"]
