"""Every word, label, figure and indicator that site, export and documents share, defined once."""
