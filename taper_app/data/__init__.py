"""Where everything is kept: tables, queries, engine, migrations, and the bus that says "changed"."""
