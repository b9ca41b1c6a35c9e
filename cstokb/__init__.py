"""The CSTO Knowledge Base: its settings, its addresses and the platform below the domain."""

__version__ = "0.1.0"
