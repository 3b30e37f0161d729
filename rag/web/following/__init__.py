"""The page of feeds and folders that are followed, and of questions that are watched."""
