"""Tests of the brain; no database, no clock, no network."""
