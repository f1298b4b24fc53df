// Forms: sent once, saved as a draft while somebody types, and the focus put on what is wrong.

const AGAIN_AFTER = 5000;
const DRAFT_EVERY = 10000;

// The server tells a double click by the form's key; here the second click is only kept from costing time.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), AGAIN_AFTER);
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// Coming back by the browser's Back button finds the form ready again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) {
    if (value instanceof File) data.delete(name);
  }
  data.set("draft_key", form.dataset.draft);
  return data;
}

async function saveDraft(form) {
  const text = new URLSearchParams(typed(form)).toString();
  if (text === form.savedText) return;
  const answer = await fetch(document.body.dataset.draftUrl, {
    method: "POST",
    body: new URLSearchParams(text),
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    redirect: "manual",
  });
  if (answer.status !== 200) return;
  form.savedText = text;
  const place = form.querySelector("[data-saved]");
  if (place) place.textContent = (await answer.json()).saved;
}

function watch(form) {
  form.savedText = new URLSearchParams(typed(form)).toString();
  setInterval(() => {
    if (form.isConnected && !form.dataset.sent) saveDraft(form).catch(() => {});
  }, DRAFT_EVERY);
}

function watchAll() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.savedText === undefined) watch(form);
  }
}

watchAll();
// At once after the swap: what is typed before a form is watched would pass for what it came with.
document.addEventListener("htmx:afterSwap", watchAll);
document.querySelector("[data-focus]")?.focus();
