"""What related languages share: bases that their own folders extend."""
