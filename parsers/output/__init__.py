"""An extraction as JSON or drawn in the terminal."""
