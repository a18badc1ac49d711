"""What every step may use: errors, time, settings, words. Imports nothing of Liuke.

Read `errors.py` (the one error family), `times.py` (microseconds, windows, local days), `settings.py` (environment)
and `words.py` (messages stored as key + parameters, rendered per reader).
"""
