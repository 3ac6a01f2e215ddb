"""How well topics are found: labelled sets, planted and shuffled corpora, identical tokens."""
