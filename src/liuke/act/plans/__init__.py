"""What a task is made of: checklist plans (PLY-07), 话术 and files (PLY-11), visits, comments, tickets to other teams (PLY-14).

`domain*.py` is pure; `packs/*.json` and `scripts/*.json` are the shipped plans and 话术 (one file each); the other files are use cases,
one subject each. Nothing here sends outside: people are told in-app.
"""
