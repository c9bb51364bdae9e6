"""The verbs of the command line, grouped by what they touch. Each imports its work only when called."""
