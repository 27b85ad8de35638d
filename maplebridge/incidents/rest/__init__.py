"""Typed routes of the incidents room."""
