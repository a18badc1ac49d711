"""The processes of `liuke serve`, one module each, run by `python -m`: upgrade (to its end), warehouse, worker, web.

Under a supervisor each holds on to its life before it reads any other code: reading takes seconds.
"""

from __future__ import annotations

import os

from liuke.server.lifeline import hold

if os.environ.get("LIUKE_SUPERVISED") == "1":
    hold()
