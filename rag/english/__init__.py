"""What is known of the English language: pure functions of text, which know nothing of articles or questions."""
