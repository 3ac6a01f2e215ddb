"""The corpus: pages read from files, what each page is, and which pages repeat another."""

from yigai.corpus.document import BadInput, Corpus, Document, Limits
from yigai.corpus.read import read

__all__ = ["BadInput", "Corpus", "Document", "Limits", "read"]
