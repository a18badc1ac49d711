"""Vendors as they behave, on loopback. One file per vendor over `server.py`."""
