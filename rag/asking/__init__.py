"""A question becomes an answer: understood, searched for, read, and quoted."""
