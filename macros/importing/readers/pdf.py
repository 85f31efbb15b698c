from ..paper import Paper
def read(data: bytes) -> Paper:
    raise NotImplementedError
