"""The one condition language. In: a rule as plain data and a catalogue of columns. Out: who matches, and why.

Read `syntax.py` (what a rule is), `read.py` (plain data → rule, with every fault), `compile.py` and `run.py` (for all customers, in
DuckDB), `evaluate.py` (for one customer, with an explanation), `sentence.py` (in words). Knows columns from a catalogue that is handed
in, so no step of the way is needed. Three-valued throughout: a missing value makes a condition unknown, never false.
"""
