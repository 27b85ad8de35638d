"""Maplebridge 枫桥: the platform of a joint-duty community station."""

__version__ = "0.1.0"
