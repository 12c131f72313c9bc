"""iCalendar bytes (RFC 5545, RFC 7986): components, calendars and zones; the only import of icalendar."""
