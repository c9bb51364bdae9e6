"""Content to cells of tables two, three and four, by the labels of a form."""
