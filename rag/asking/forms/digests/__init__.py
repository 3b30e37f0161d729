"""What is gathered over articles: summaries, timelines, and how something stands, now or at a time."""
