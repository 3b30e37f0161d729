"""Builds and evaluates the reader; `python -m embeddings.training --help` shows the one command."""
