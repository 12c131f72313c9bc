"""Changing events: writing them, taking them through their life, telling them of a new Chair."""
