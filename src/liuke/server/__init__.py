"""The Django project and the supervised processes of `liuke serve`.

Read `settings.py` and `urls.py` (Django), `asgi.py` (one public port: pages, live stream, Django), `stream/` (live updates),
`supervisor.py` (which processes run and what happens when one dies), `children/` (those processes), `upgrade.py`.
"""
