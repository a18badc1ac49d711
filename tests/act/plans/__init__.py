"""Tests of checklists, packs, visits, comments, tickets and calendar feeds."""
