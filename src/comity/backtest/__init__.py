"""How well the models did: forecasts of what has been decided, scored."""
