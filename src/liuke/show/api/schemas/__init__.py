"""The API's contract. `web/` is generated from it; change it and run `make openapi`."""
