"""Measurements that are too slow for tests; each prints a table and writes it to `results/`."""

import embeddings  # noqa: F401  (first: it tells onnxruntime not to report to its makers)
