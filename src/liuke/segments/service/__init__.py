"""Use cases of tags: `tags` (which there are), `members` (who carries them), `editing` (what people change)."""
