"""Trains the verdict network, which says of a claim and its evidence: supports, refutes or neither."""
