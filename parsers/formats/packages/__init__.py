"""What several families share: ZIP, OLE and XML packages, grids of stored cells, marks of text effects."""
