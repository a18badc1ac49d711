"""Tables and repository of the step `score` (Django app `score`)."""
