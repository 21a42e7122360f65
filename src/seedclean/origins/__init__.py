"""The built-in rule packs: one .toml file for each origin, capture and account, found by being here."""
