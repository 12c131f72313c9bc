// node-ical; it knows zones by their names, in the tz database of Node.js, and offers events by UID.
// An all-day event is local midnight of the process.

import ical from "node-ical";
import { answer, instant } from "./rows.mjs";

const read = (text) => Object.values(ical.sync.parseICS(text)).filter((item) => item.type === "VEVENT").map(row);

const row = (event) => [
  event.uid, moment(event.start), moment(event.end), plain(event.summary), event.status, Number(event.sequence),
];

const moment = (date) => (date.dateOnly ? localDay(date) : instant(date));

const localDay = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

// A value with parameters, such as LANGUAGE, is an object.
const plain = (value) => value.val ?? value;

answer(read);
