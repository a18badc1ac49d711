"""Pure rules of the step `act`."""
