"""Tests of the command line that need no installation of their own."""
