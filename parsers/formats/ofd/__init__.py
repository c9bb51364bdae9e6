"""OFD, the Chinese fixed-layout format."""
