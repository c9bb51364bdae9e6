"""The Datasette plugin: our pages over the published database."""
