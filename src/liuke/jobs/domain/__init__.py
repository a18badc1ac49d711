"""Pure rules of the step `jobs`."""
