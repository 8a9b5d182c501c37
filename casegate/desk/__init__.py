"""Use cases shared by API, CLI and worker. Rights are checked here, and only here."""
