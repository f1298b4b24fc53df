// A toast goes after eight seconds, but waits while it is pointed at or holds the focus.

const LASTS = 8000;

function time(toast) {
  let timer;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    timer = setTimeout(() => toast.remove(), LASTS);
  };
  toast.addEventListener("mouseenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("mouseleave", start);
  toast.addEventListener("focusout", start);
  const close = toast.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  start();
}

function look(root) {
  for (const toast of root.querySelectorAll("[data-toast]:not([data-timed])")) {
    toast.dataset.timed = "";
    time(toast);
  }
}

look(document);
document.addEventListener("htmx:afterSettle", () => look(document));
document.addEventListener("htmx:oobAfterSwap", () => look(document));
