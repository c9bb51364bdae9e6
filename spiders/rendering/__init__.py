"""Rendering: what a visitor sees in a browser, through the same judge, log and budget as every plain request.

Chromium itself never reaches the network: every request of a page is answered by the spider's own downloader
(`requests`), and whatever no interception sees ends at a proxy that does not exist (`chromium`).
"""
