"""Tables and repository of the step `act` (Django app `act`)."""
