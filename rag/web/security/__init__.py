"""Which requests are answered, how often, and what a browser may do with the replies."""
