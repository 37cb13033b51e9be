"""Ratios against floors measured in the same run; `make bench` prints them all."""
