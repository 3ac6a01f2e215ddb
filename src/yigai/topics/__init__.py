"""topics: what is talked about."""
from yigai.topics.words import segment, tokens
