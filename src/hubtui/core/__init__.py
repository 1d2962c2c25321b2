"""What every layer stands on: models, errors, paths, settings, the registry of actions. No library needed."""
