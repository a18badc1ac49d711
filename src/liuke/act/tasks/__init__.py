"""Work items: an alert and its task are one thing with the one verb 跟进 (ALT-13).

`review.py` (items of a review), `handling.py` (what people do to alerts), `work.py` (follow up, finish, reassign), `undo.py`, `reading.py`.
"""
