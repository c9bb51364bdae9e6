"""RUN AND PUBLISH. The only package that knows the other three."""

__version__ = "0.1.0"
