"""Instruments and provisions as Akoma Ntoso 3.0 (OASIS LegalDocML); docs/akoma-ntoso.md says every choice."""
