"""Made-up members and what they write, for development.

``plan`` says who does what and when, ``voices`` what they say, ``factories`` makes rows
of both, and ``builder`` puts them in.
"""
