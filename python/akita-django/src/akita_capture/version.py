"""The version of this distribution; the only place that says it.

It stays above 0.1.1, the last that the original service published on PyPI under
this name: of two indexes, pip takes the highest version.
"""

__version__ = "0.2.0"
