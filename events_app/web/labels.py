"""What the fields of forms are called, by name: in forms, in the summary of what is wrong, in histories."""

LABELS = {
    "status": "Status", "chair": "Chair", "kind_key": "Kind", "starts_on": "First day", "ends_on": "Last day",
    "start_time": "Start", "end_time": "End", "time_zone": "Time zone", "start_fold": "Repeated hour",
    "end_fold": "Repeated hour", "visibility": "Who can see it", "group_keys": "Contact Groups", "theme": "Theme",
    "theme_language": "Language of the theme", "format": "Format", "venue_key": "Venue", "place": "Place",
    "joining_link": "Joining link", "host_code": "Host", "co_host_codes": "Co-hosts",
    "chair_override_code": "Chair, decided otherwise", "chair_override_reason": "Reason for another chair",
    "interpretation": "Interpretation", "topic_keys": "Topics", "is_fund_financed": "Financed by the Partnership Fund",
    "rests_on": "Rests on", "rests_on_link": "Rests on (link)", "description": "Description",
    "guests": "Organizations and other guests", "answer_by": "Answers by",
    "parent_id": "On the margins of", "agenda": "Agenda", "documents": "Documents",
    "email": "Mail address", "name": "Name", "role": "Role", "valid_from": "From", "valid_to": "Until",
    "language": "Language", "state_code": "State", "decided_on": "Decided on", "source": "Source", "reason": "Reason",
    "answer": "Answer", "head": "Head of delegation", "accompanying": "How many accompany the head of delegation",
    "names": "Their names", "what": "What you suggest", "text": "In words", "day": "Date", "type": "Type",
    "title": "Title", "file": "File", "repeat_until": "Repeat weekly until",
    "lead_days": "Days before an event", "quiet_from": "Quiet from", "quiet_until": "Quiet until",
    "repeated_hour": "This hour happens twice. Which one is meant?",
}  # fmt: skip
