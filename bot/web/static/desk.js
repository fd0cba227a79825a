// Two conveniences. Without this file the text can be selected and the browser can print.
"use strict";

for (const place of document.querySelectorAll(".scripted")) {
  place.hidden = false;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const told = document.querySelector("[data-copied]");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      told.textContent = "Gekopieerd.";
    } catch {
      told.textContent = "Dat lukte niet. Selecteer de tekst en kopieer hem zelf.";
    }
  });
}
