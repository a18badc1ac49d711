"""Pure rules of the step `connect`."""
