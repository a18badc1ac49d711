"""Pure contracts of the activity stream."""
