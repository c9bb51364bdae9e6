"""The ASGI server, its gateway, and the process for visitors' SQL."""
