"""Tables of pages without lines, found by the words of the form."""
