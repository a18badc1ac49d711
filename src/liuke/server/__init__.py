"""The Django project and the supervised processes of `liuke serve`.

Read `settings.py` (Django), `urls.py`, `asgi.py` (one public port: /events to the live stream, the rest to Django) and
`supervisor.py` (which processes run and what happens when one dies).
"""
