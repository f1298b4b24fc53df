// “Print” opens the browser's own dialog; without script the link leads to the page that says how.

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  event.preventDefault();
  window.print();
});
