"""Partnerwijzer: find, screen, agree with, work with and evaluate external partners of a school."""

__version__ = "0.1.0"
