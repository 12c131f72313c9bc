// The subscribe page, a little livelier: a button that copies an address, and a preview that follows the choice.
// Without this script the address can be selected, and the preview has a button.

const PAUSE = 300; // milliseconds between the last choice and the preview

function addCopyButton(input) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = input.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(input.value);
    button.textContent = input.dataset.copied;
  });
  input.after(button);
}

function followChoice(form) {
  const preview = document.getElementById(form.dataset.preview);
  let waiting, asked = 0;
  const show = async () => {
    const turn = ++asked;
    const body = new FormData(form);
    body.set("preview", "1");
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(form.dataset.preview);
    if (answer.ok && found && turn === asked) preview.replaceChildren(...found.childNodes);
  };
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show().catch(() => {}), PAUSE);
  });
}

document.querySelectorAll("input[data-copy]").forEach(addCopyButton);
document.querySelectorAll("form[data-preview]").forEach(followChoice);
