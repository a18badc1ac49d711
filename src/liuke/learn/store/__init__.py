"""Tables and repository of the step `learn` (Django app `learn`)."""
