"""金蝶云星空 as a source: what is read (`streams.py`), with which settings (`settings.py`), page by page without loss (`paging.py`), as
rows in our own fields (`rows.py`), orders with what was delivered and what is in stock (`supply.py`). Only reads."""
