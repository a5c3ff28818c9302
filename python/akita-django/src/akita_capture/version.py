"""The version of this distribution; the only place that says it.

It has a local label (PEP 440), which no package index of the public takes: where the
whole version is pinned, nobody else's package of the same name can take its place.
The rest stays above 0.1.1, the last that the original service published on PyPI.
"""

__version__ = "0.2.0+akita"
