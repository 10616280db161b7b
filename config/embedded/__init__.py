"""PostgreSQL and Valkey out of wheels, for a machine that has neither: `make run`, the tests. Production brings its own."""


class ServerFailed(RuntimeError):
    """Why an embedded server could not be made or started, in words for whoever wanted it."""
