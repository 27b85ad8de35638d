"""Matching: is this report about an event that is already open [并单]?"""
