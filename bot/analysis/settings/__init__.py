"""What a repository asks of its review: `.sealbeat.toml`, `.codebeatsettings` and `.codebeatignore`, as data."""
