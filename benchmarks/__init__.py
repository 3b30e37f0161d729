"""Measurements that are too slow for tests; each prints a table and writes it to `results/`."""
