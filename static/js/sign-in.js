// "Show what I type": only offered where it can work, so the box is hidden until this runs.
(() => {
  for (const box of document.querySelectorAll("input[data-shows]")) {
    const field = document.getElementById(box.dataset.shows);
    if (!field) continue;
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      field.type = box.checked ? "text" : "password";
    });
    // A passphrase must not be sent, or offered for completion, as plain text.
    field.form.addEventListener("submit", () => {
      field.type = "password";
    });
  }
})();
