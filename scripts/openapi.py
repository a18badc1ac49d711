"""Print the API's OpenAPI document; `make openapi` keeps `web/openapi.json` equal to it."""

import json
import os
import sys
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuke.server.settings")
os.environ["LIUKE_DATA_DIR"] = tempfile.mkdtemp(prefix="liuke-openapi-")

import django

django.setup()

from liuke.show.api.main import api

sys.stdout.write(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, indent=1) + "\n")
