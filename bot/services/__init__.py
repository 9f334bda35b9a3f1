"""Use-cases, told in ports: what happens when somebody installs, opens a pull request, or leaves."""
