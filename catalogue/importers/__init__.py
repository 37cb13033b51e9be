"""Readers: bytes in, records and problems out; they know neither the database nor the web."""
