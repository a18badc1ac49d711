"""Pure rules of segments."""
