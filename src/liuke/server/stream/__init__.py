"""Live updates at `/events`: new notices and changed jobs, told to whom they concern, within about a second.

`tail.py` reads what is new in the database, `guests.py` says who listens and whether they still may, `hub.py` hands events to
listeners, `endpoint.py` speaks Server-Sent Events. Nothing runs while nobody listens.
"""
