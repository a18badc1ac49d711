"""Use cases that write the read models: `cards.py` (a row per customer), `figures.py` (a row per day and slice), `views.py`."""

from liuke.show.service.cards import CardsWritten, cards_refresh, cards_write
from liuke.show.service.figures import figures_write

__all__ = ["CardsWritten", "cards_refresh", "cards_write", "figures_write"]
