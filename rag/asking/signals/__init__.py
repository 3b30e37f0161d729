"""What is said beside an answer: that sources differ, that a figure was another before, that a premise is wrong."""
