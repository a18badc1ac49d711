"""Tables and repository of the step `accounts` (Django app `accounts`)."""
