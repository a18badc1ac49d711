"""A watched folder: `watch.py` finds files that are complete and new."""
