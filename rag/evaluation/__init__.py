"""Measure answers against cases with known answers."""
