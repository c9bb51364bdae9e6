"""KEEP. Original bytes in WARC files, everything known about them in archive.db."""
