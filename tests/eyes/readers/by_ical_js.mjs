// ical.js, the parser of Thunderbird and Nextcloud; the VTIMEZONE of the file is registered, as they do.

import ICAL from "ical.js";
import { answer, instant } from "./rows.mjs";

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  return calendar.getAllSubcomponents("vevent").map(row);
}

function row(component) {
  const event = new ICAL.Event(component);
  return [
    event.uid, moment(event.startDate), moment(event.endDate), event.summary,
    component.getFirstPropertyValue("status"), event.sequence,
  ];
}

const moment = (time) => (time.isDate ? time.toString() : instant(time.toJSDate()));

function offsets([text, locals]) {
  const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vtimezone"));
  return locals.map((local) => zone.utcOffset(ICAL.Time.fromDateTimeString(local)));
}

answer(process.argv.includes("offsets") ? offsets : read);
