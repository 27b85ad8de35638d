"""Pages of the orders room."""
