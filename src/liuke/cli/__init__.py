"""The `liuke` command: serve, demo, import, score, explain, export, doctor, bench. Every one answers with `--json` too.

In: a terminal. Out: use cases of the steps, called as the installation's operator.
Read `main.py` (the commands), one file per command beside it, `terminal.py` (what a person or a program reads).
"""
