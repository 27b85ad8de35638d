"""Django's PostgreSQL engine, asked whether it lives once a second instead of in every request."""
