"""Feeds and folders that are followed, and questions that are watched: what is new since the last look."""
