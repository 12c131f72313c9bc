"""Where letters are kept on this machine, those to a person who was removed go with the person."""

from events_app.app import create_worker


def test_letters_kept_for_a_removed_person_are_gone_and_those_of_others_stay(
    client, settings, clock, make_person, sign_in
):
    anna, ben = make_person("anna", "CH"), make_person("ben", "FI")
    for person in (anna, ben):
        client.post("/sign-in", data={"email": person.email})
    with create_worker(settings, clock) as worker:
        worker.run_pass()
    sign_in(client, make_person("clara", secretary=True))
    address = anna.email
    assert client.post(f"/people/{anna.id}/remove").status_code == 302
    page = client.get("/outbox").text
    assert address not in page
    assert ben.email in page
    kept = [file.read_text() for file in (settings.instance_path / "mail").rglob("*.letter")]
    assert len(kept) == 1
    assert address not in kept[0]
