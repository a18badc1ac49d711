"""Tables of the step."""
