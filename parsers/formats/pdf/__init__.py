"""PDF, read with pdfium and, where the readings differ, with pdfplumber."""
