"""The root of everything the domain refuses."""


class DomainError(Exception):
    """A refusal that carries facts; the edge turns it into a sentence."""
