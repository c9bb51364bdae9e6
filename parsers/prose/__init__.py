"""The text around the tables: sections, claims, fees; text against tables."""
