// Menus are <details>: they open without script. Here they close again, by Escape, by a click elsewhere, by their neighbour.

const open = () => document.querySelectorAll("details.td-drop[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
