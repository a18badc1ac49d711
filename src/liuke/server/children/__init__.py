"""The processes of `liuke serve`, one module each, run by `python -m`: upgrade (to its end), warehouse, worker, web.

Every one starts with `lifeline.hold()`: started by hand, a child ends when its stdin does.
"""
