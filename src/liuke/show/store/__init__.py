"""Tables and repository of the step `show` (Django app `show`)."""
