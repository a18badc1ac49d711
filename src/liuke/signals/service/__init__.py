"""All signals over a scene, what they need, and which activities stand behind a reason. Django-free: notebooks use it too.

What needs the application's tables is imported by its file: `rules.py` (rules and their versions), `hits.py` (who matched
when), `columns.py` (what a rule may ask about).
"""

from liuke.signals.service.judging import evidence, signal_computable, signal_get, signal_judge, signal_metrics, signals_all

__all__ = ["evidence", "signal_computable", "signal_get", "signal_judge", "signal_metrics", "signals_all"]
