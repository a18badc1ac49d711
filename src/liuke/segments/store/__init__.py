"""Tables of the step `segments` (Django app `segments`)."""
