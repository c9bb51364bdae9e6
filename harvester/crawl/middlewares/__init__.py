"""Downloader middlewares: what stands between a spider's wish and the wire. One idea a module."""
