"""The data package: tables that open anywhere, a codebook, checksums, and how to cite them."""

from harvester.export.package import export

__all__ = ["export"]
