"""The street network: who may walk where, names, house numbers."""
