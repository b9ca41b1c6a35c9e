// Comfort only; every page is complete without this file.
// "/" goes to the search box, "?" to the page on searching. Keys without a modifier can be switched off (WCAG 2.1.4).
const keysOff = () => localStorage.getItem("keys") === "off";
const typing = (element) => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) || element.isContentEditable;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || keysOff()) return;
  if (event.key === "/") {
    const box = document.querySelector('input[name="q"]');
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
  if (event.key === "?") document.querySelector("a[data-help]")?.click();
});

for (const button of document.querySelectorAll("button[data-keys-off]")) {
  const show = () => { button.textContent = keysOff() ? button.dataset.keysOn : button.dataset.keysOff; };
  show();
  button.hidden = false;
  button.addEventListener("click", () => { localStorage.setItem("keys", keysOff() ? "on" : "off"); show(); });
}

// "Copy link" puts the full address of a passage on the clipboard.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      button.textContent = button.dataset.done;
    } catch {
      location.hash = new URL(button.dataset.copy, location.href).hash;
    }
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// On wide screens the outline and the filters start open; on a phone they stay folded.
if (matchMedia("(min-width:60rem)").matches)
  for (const part of document.querySelectorAll("details[data-wide]")) part.open = true;
