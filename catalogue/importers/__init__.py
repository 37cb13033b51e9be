"""Readers: bytes in, records and problems out."""
