"""One form of answer for each kind of question; what they have in common stands in `form`."""
