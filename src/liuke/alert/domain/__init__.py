"""Pure rules of the step `alert`."""
