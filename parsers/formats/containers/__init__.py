"""Files that hold files: ZIP, RAR, 7z, gzip, and mail."""
