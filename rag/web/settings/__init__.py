"""The page that shows what is in use."""
