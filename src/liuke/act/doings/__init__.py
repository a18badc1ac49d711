"""What we did with customers, told to the stream of activities: visits, calls, messages that left, openings that came back.

In: rows of `act` as they change. Out: activities through the inbox of `connect`, in batches, so that signals, metrics and goals of
flows see our own doings like those of any other source. `domain.py` says what becomes which kind, `queue.py` how it gets there.
"""
