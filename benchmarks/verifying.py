"""Measure the check of what chat models write: `python -m benchmarks.verifying [DATA]`.

The claims in `benchmarks/claims.jsonl` were written by hand for this project over the starter articles: each line has a
sentence of an article, a true paraphrase, and the same with a number changed, a name swapped, negated, or made up. With
a folder of development sets, a small chat model (SmolLM2-135M) then answers questions of one, and its sentences are
checked; what it writes is kept in `.dateline/benchmarks`, and only the numbers are published.
"""
