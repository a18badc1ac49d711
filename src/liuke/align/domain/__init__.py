"""Pure rules of the step `align`."""
