"""Settings from the environment, urls, and the two server entry points."""
