"""Invitations by mail: whom organisers invite, and the page on which the invited answer without signing in."""
