"""The benchmark of the finder: documents whose IGSN IDs are known, and how many of these are found.

``prose`` holds the sentences, ``compose`` puts IDs into them with a fixed seed, ``writers`` writes them in each format,
``score`` compares. ``blind`` holds documents that somebody wrote who had not seen the finder.
"""
