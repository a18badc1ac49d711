"""What people see: queries over read models, and the API.

In: the stores of the earlier steps, the warehouse. Out: JSON for `web/` and for API keys.
Read `api/main.py` (the one NinjaAPI), a router per step beside it, `api/schemas/` (the contract, exported to
`web/openapi.json`), `queries/` (what each page reads).
"""
