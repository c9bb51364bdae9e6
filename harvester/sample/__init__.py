"""The bundled sample portals of `harvester demo`: simulated, on loopback."""
