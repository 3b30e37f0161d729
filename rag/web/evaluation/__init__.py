"""The page that runs and compares evaluations."""
