"""Word documents: .docx, .doc, .rtf and Word XML; LibreOffice where our own reader gives up."""
