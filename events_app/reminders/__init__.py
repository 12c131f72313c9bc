"""What is due to whom: reminders derived from events and the rules of their kinds."""
