"""Pure rules of the step `learn`."""
