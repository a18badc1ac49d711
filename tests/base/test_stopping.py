"""Told to stop: at once, whichever thread the system gives the signal to, and however often it comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

TO_ANOTHER_THREAD = """
import signal, threading, time
from liuke.base.stopping import stop_on
stop = stop_on(signal.SIGTERM, signal.SIGINT)
other = threading.Thread(target=time.sleep, args=(60,), daemon=True)
other.start()
threading.Timer(.2, signal.pthread_kill, (other.ident, signal.SIGTERM)).start()
raise SystemExit(0 if stop.wait(20) else 1)
"""
MANY = """
import os, signal, threading
from liuke.base.stopping import stop_on
stop = stop_on(signal.SIGTERM)
for _ in range(2_000):
    os.kill(os.getpid(), signal.SIGTERM)
    stop.wait(0)
raise SystemExit(0 if stop.wait(20) else 1)
"""
ANOTHER_SIGNAL = """
import os, signal
from liuke.base.stopping import stop_on
stop = stop_on(signal.SIGTERM)
signal.signal(signal.SIGUSR1, lambda *_: None)
os.kill(os.getpid(), signal.SIGUSR1)
raise SystemExit(1 if stop.wait(.3) else 0)
"""


@pytest.mark.parametrize("program", [TO_ANOTHER_THREAD, MANY, ANOTHER_SIGNAL])
def test_a_process_hears_its_signals_and_no_others(program: str) -> None:
    assert subprocess.run([sys.executable, "-c", program], timeout=20, check=False).returncode == 0
