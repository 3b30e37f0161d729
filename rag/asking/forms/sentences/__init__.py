"""Forms of answer that differ from a fact in the sentences that they quote."""
