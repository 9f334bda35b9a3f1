"""What people and GitHub itself do: change the state first, then send the webhooks, in GitHub's order."""
