"""`liuke.client`: send rows to a Liuke installation from another program, without losing any and without sending one twice.

In: activities and rows of other entities as they happen. Out: HTTP requests of many rows. Rows lie in files on disk (`spool.py`) until
the server has answered 202; `sending.py` knows what each answer asks for; `client.py` is the front door. Needs httpx and msgspec only:
importing it loads nothing else of the product.
"""

from liuke.client.client import Client
from liuke.client.rows import Activity, Outcome, Rejection
from liuke.client.sending import Refused
from liuke.client.spool import SpoolBusy, SpoolFull

__all__ = ["Activity", "Client", "Outcome", "Refused", "Rejection", "SpoolBusy", "SpoolFull"]
