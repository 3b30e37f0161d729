"""The page of the articles: adding, finding, correcting and removing them."""
