"""Prose over the quotes by a chat model, and what holds every sentence of it to the articles."""
