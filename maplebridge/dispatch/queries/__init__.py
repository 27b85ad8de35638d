"""Reading the dispatch room: for the advisor, for the pages, for other rooms."""
