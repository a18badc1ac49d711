"""Spark on 运行状况: a line where the installation has one."""

from __future__ import annotations

from liuke.base.settings import Settings
from liuke.show.domain.operations import Condition, State
from liuke.warehouse.spark_state import spark_state


def spark_conditions(settings: Settings) -> tuple[Condition, ...]:
    """Whether everybody can be scored; nothing without Spark. Asks only whether somebody listens: the page is read often."""
    if not settings.spark.is_on:
        return ()
    found = spark_state(settings.spark, ask_server=False)
    return (Condition("spark", State.OK if found.works else State.FAIL, found.case, found.params),)
