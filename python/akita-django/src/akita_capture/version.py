"""The version of this distribution, defined here only.

Its local label (``+akita``, PEP 440) is not allowed on PyPI, so a pinned version cannot
be replaced by a package of the same name there. It stays above 0.1.1, the last version
that the original service published on PyPI.
"""

__version__ = "0.2.0+akita"
