"""PostgreSQL and Valkey out of wheels, for a machine that has neither: `make run`, the tests. Production brings its own."""
