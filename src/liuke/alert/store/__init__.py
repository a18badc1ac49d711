"""Tables and repository of the step `alert` (Django app `alert`)."""
