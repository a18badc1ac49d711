"""Tables and repository of the step `connect` (Django app `connect`)."""
