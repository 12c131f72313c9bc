// What stands on a date, while it is being entered. Without this script the page says it for the date it was loaded
// with, and the link leads to a page that says it for any.

const PAUSE = 300; // milliseconds between the last stroke and the question

function follow(box) {
  const form = box.closest("form");
  const field = (name) => (name ? document.getElementById(name) : null);
  const [first, last, host] = [field(box.dataset.first), field(box.dataset.last), field(box.dataset.host)];
  const answer = box.querySelector("[data-lens-answer]");
  const link = box.querySelector("[data-lens-page]");
  let waiting, asked = 0;

  const address = (page) => {
    const found = new URL(page, location.href);
    const boxes = form.querySelectorAll(`input[name="${box.dataset.group}"]`);
    const groups = boxes.length
      ? [...boxes].filter((choice) => choice.checked).map((choice) => choice.value)
      : box.dataset.groups.split(" ").filter(Boolean);
    for (const name of ["from", "to", "group", "host"]) found.searchParams.delete(name);
    found.searchParams.set("from", first.value);
    if (last && last.value) found.searchParams.set("to", last.value);
    groups.forEach((group) => found.searchParams.append("group", group));
    if (host && host.value) found.searchParams.set("host", host.value);
    return found;
  };

  const show = async () => {
    const turn = ++asked;
    link.href = address(link.href);
    const said = await fetch(address(box.dataset.lens));
    if (!said.ok && said.status !== 422) return;
    const page = new DOMParser().parseFromString(await said.text(), "text/html");
    if (turn === asked) answer.replaceChildren(...page.body.childNodes);
  };

  const isOurs = (input) => [first, last, host].includes(input) || input.name === box.dataset.group;
  form.addEventListener("input", (event) => {
    if (!isOurs(event.target) || !first.value) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show().catch(() => {}), PAUSE);
  });
}

document.querySelectorAll("[data-lens]").forEach(follow);
