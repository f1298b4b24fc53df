// Keys: only where the person wants them (Appearance), and never while typing.

const SECOND_KEY_WITHIN = 1500;
let goAt = 0;

const inField = (element) => element.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")];


function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, now + by))];
  (next.querySelector("a[href]") ?? next).focus();
}

// A button in a closed menu does not answer to its key: who presses 2 must see what 2 means.
function press(key) {
  const row = document.activeElement.closest("[data-row]");
  const mine = row ? [...row.querySelectorAll(`[data-key="${key}"]`)] : [];
  const pages = [...document.querySelectorAll(`[data-key="${key}"]:not([data-row] *)`)];
  const target = [...mine, ...pages].find((element) => element.checkVisibility());
  target?.click();
  target?.focus();
}

function single(event) {
  const key = event.key.toLowerCase();
  const second = Date.now() - goAt < SECOND_KEY_WITHIN;
  goAt = 0;
  const goal = second && /^[a-z]$/.test(key) && document.querySelector(`[data-go="${key}"]`);
  if (goal) return goal.click();
  if (key === "g") goAt = Date.now();
  else if (key === "/") document.getElementById("search")?.focus();
  else if (key === "?") document.getElementById("keys")?.showModal();
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (/^[a-z0-9]$/.test(key)) return press(key);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  const field = inField(event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field?.form) {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  if (field && event.key === "Escape") field.blur();
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  if ("shortcuts" in document.body.dataset) single(event);
});

// A row that its own button took away leaves the focus to the row after it, else to the heading of the list.
let left = -1;

document.addEventListener("htmx:beforeSwap", () => {
  left = rows().findIndex((row) => row.contains(document.activeElement));
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (left < 0 || document.activeElement !== document.body) return;
  const all = rows();
  const next = all[Math.min(all.length - 1, left)];
  const target = next?.querySelector("button, a[href]") ?? event.target.querySelector("h2");
  if (target && !next) target.tabIndex = -1;
  target?.focus();
  left = -1;
});
