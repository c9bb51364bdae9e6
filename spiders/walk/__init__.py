"""The walk over one portal: columns, lists, articles, files; what is remembered and what is recorded."""
