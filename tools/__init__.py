"""Developer tools: set-up, checks, databases and browsers for tests. Not part of the package."""
