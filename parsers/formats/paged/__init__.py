"""Pages as glyphs, lines and boxes; tables by rulings and by words. Shared by PDF, OFD and scans."""
