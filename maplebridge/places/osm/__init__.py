"""A real town out of an OpenStreetMap extract.

`reading` streams a file into an `Extract`; `tags` says what a tag means to this house; `lines`,
`network`, `areas` and `marks` make streets, the base map and premises of it; `town` puts them
together. Nothing here touches the database. Contributors' names in the file are never read.
"""
