"""The sample shipped with the product: real invoice lines of a gift wholesaler, and made texts around them.

`lines.py` reads the real rows (`lines.parquet`; origin and licence in ATTRIBUTION.md, made by `build.py`); `made.py`, `names.py`
and `phrases.py` generate from a seed what the real set lacks. No accuracy may be quoted on anything generated.
"""
