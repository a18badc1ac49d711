"""Tables and repository of the step `facts` (Django app `facts`)."""
