// Dragging cards is the quick way; each card also holds a form that moves it, and dropping sends exactly that form.

const { Sortable } = window;

function drop(event) {
  const { item, from, to } = event;
  if (from === to) return;
  const form = item.querySelector("form[data-move]");
  const choice = document.createElement("input");
  Object.assign(choice, { type: "hidden", name: form.dataset.move, value: to.dataset.column });
  form.append(choice);
  form.noValidate = true;
  form.requestSubmit();
}

for (const list of document.querySelectorAll("[data-board]")) {
  Sortable.create(list, {
    group: list.dataset.board,
    sort: false,
    animation: 120,
    delay: 150,
    delayOnTouchOnly: true,
    filter: "a, button, summary, details",
    preventOnFilter: false,
    ghostClass: "bd-drop",
    dragClass: "lift",
    onEnd: drop,
  });
}
