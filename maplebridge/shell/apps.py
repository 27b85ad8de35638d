"""The shell as a Django app: templates, tags and built assets; no tables."""

from __future__ import annotations

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "maplebridge.shell"
    label = "shell"
