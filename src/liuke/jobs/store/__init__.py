"""Tables and repository of the step `jobs` (Django app `jobs`)."""
