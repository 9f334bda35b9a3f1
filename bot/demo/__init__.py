"""The whole story on one machine: a local git host, the real bot, real git over real SSH - and the proof at the end."""
