"""Makes the artefacts of `liuke.text`: own messages with their label guide, corpora outside the repository, fitting, figures.

`liuke text train --corpora <folder>` runs `train.py`. Rows of corpora never enter the repository; fitted weights do.
"""
