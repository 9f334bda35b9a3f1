"""A git host on loopback, REST and SSH, that the demo and the journeys run against."""
