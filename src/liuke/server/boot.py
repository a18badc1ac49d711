"""Importing this module starts Django. The entry points import it before anything that has tables."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuke.server.settings")
django.setup()
READY = True
