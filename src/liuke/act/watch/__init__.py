"""断线守护 (BEY-15) and hand-overs.

`domain.py` (reasons, days, who gets whom), `handover.py` (customers of one member go to others; taken back), `following.py` (who hangs on a
thin thread tonight, what the new owner is reminded of), `reading.py` (who sees it).
"""
