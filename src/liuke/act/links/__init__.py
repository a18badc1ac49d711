"""Links to quotes, notices and files that a colleague gives to one contact, and what became of them (DAT-16).

In: an address or an uploaded file for a customer. Out: a token at `/t/<token>`, activities `info.sent` and `info.viewed` (and for quotes
`page.viewed` with the flag of a page of prices), a list of who has looked and for how long. `giving.py` makes and revokes, `viewing.py`
hears of looks, `files.py` keeps files.
"""
