"""The frame around every page: layout, language, error pages, response headers, built assets.

Rooms extend `shell/page.html` and load the tag library `maple`; they never import this package.
The page says what it needs by `data-` attributes, and small scripts attach themselves to those.
"""
