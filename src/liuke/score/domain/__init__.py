"""Pure rules of the score: levels, configuration, points."""
