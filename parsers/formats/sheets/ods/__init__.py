"""The inside of OpenDocument spreadsheets."""
