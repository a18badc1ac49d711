"""Outcomes by API: registered in the order in which they came; the cards of their customers follow."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.accounts.store.models import Workspace
from liuke.learn.service.outcome_rows import outcome_customers, outcomes_apply
from liuke.show.service import cards_refresh


def outcomes_run(*, workspace: Workspace, batch_id: int) -> Mapping[str, int]:
    """Register what a batch holds; the answer counts its rows."""
    done = outcomes_apply(batch_id=batch_id)
    cards_refresh(workspace=workspace, customer_ids=outcome_customers(batch_id))
    return done
