"""What Chinese titles, menu words and agency names mean. Pure."""
