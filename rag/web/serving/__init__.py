"""How the page is served: listening, health, measures, logs, a prefix behind a proxy, and the end."""
