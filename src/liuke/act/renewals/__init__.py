"""续约台账 (REN-01): one row per contract near its end. `ledger.py` (sweep, start, update), `reading.py` (visible rows, totals)."""
