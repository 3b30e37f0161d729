"""Who may reach the page, how often, and what a browser may do with it."""
