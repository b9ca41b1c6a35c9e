// Comfort only; every page is complete without this file.
// "/" goes to the search box, "?" shows the keys. Keys without a modifier can be switched off (WCAG 2.1.4).
// On a Russian keyboard the key of "/" writes a full stop, and with shift a comma.
const keysOff = () => localStorage.getItem("keys") === "off";
const typing = (element) => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) || element.isContentEditable;
const pressed = (event, key, russian) => event.key === key || (event.code === "Slash" && event.key === russian);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || keysOff()) return;
  const keys = document.getElementById("keys");
  if (keys?.open) return;
  if (pressed(event, "/", ".")) {
    const box = document.querySelector('input[type="search"][name="q"]');
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
  if (pressed(event, "?", ",")) keys?.showModal();
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

// "Copy" puts the words of an element on the clipboard; where that is not allowed it selects them.
for (const button of document.querySelectorAll("button[data-copy-text]")) {
  const words = button.textContent;
  const said = document.getElementById(button.dataset.copyText);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(said.textContent.trim());
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(said);
    }
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// The slider of years writes its day into the date field beside it, which is sent; the field moves the slider.
for (const slider of document.querySelectorAll("input[type=range][data-day]")) {
  const field = document.getElementById(slider.dataset.day);
  const year = slider.form.querySelector("output");
  const { lang } = document.documentElement;
  const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  const say = () => {
    year.textContent = slider.value;
    if (field.value) slider.setAttribute("aria-valuetext", words.format(new Date(field.value)));
  };
  slider.addEventListener("input", () => {
    field.value = slider.value === slider.max ? slider.dataset.today : `${slider.value}-12-31`;
    say();
  });
  field.addEventListener("input", () => {
    if (field.value) slider.value = field.value.slice(0, 4);
    say();
  });
  slider.form.querySelector("button").hidden = true;
  year.hidden = false;
  say();
}

// Moments of people's own doings by the clock of whoever reads, with its zone.
for (const moment of document.querySelectorAll("time[data-clock]"))
  moment.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short",
  }).format(new Date(moment.dateTime));

// On wide screens the outline and the filters start open; on a phone they stay folded.
if (matchMedia("(min-width:60rem)").matches)
  for (const part of document.querySelectorAll("details[data-wide]")) part.open = true;

// Suggestions while typing: a combobox after WAI-ARIA. Enter without a choice, and every failure, leave a plain search box.
const { suggest, suggestions } = document.body.dataset;

const put = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));

function combobox(box) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let at = -1, timer, request;
  put(list, { id: `${box.id}-list`, class: "suggest", hidden: "", role: "listbox", "aria-label": suggestions });
  put(said, { class: "vh", role: "status" });
  put(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
  box.after(list, said);

  const go = (option) => { location.href = option.dataset.url; };
  const mark = (next) => {
    if (list.children[at]) put(list.children[at], { "aria-selected": "false" });
    at = next;
    const option = list.children[at];
    box.removeAttribute("aria-activedescendant");
    if (!option) return;
    put(option, { "aria-selected": "true" });
    put(box, { "aria-activedescendant": option.id });
    option.scrollIntoView({ block: "nearest" });
  };
  const open = (wanted) => {
    list.hidden = !wanted;
    put(box, { "aria-expanded": wanted });
    mark(-1);
    if (!wanted) { clearTimeout(timer); request?.abort(); said.textContent = ""; }
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, index) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      put(option, { id: `${list.id}-${index}`, role: "option", "aria-selected": "false", "data-url": one.html_url });
      kind.textContent = one.type_label;
      const words = document.createElement("div");
      words.append(one.text);
      if (one.office) { const office = document.createElement("small"); office.textContent = one.office; words.append(" ", office); }
      option.append(words, " ", kind);
      return option;
    }));
    open(found.length > 0);
    said.textContent = `${suggestions}: ${found.length}`;
  };
  const ask = async () => {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      const answer = await fetch(suggest + encodeURIComponent(box.value.slice(0, 100)), { signal });
      const found = answer.ok ? await answer.json() : [];
      if (!signal.aborted && document.activeElement === box) show(found);
    } catch { if (!signal.aborted) open(false); }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim()) timer = setTimeout(ask, 150); else open(false);
  });
  box.addEventListener("keydown", (event) => {
    const count = list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && list.hidden && box.value.trim()) { event.preventDefault(); ask(); }
    else if (step && !list.hidden) { event.preventDefault(); mark((at + step + count + 2) % (count + 1) - 1); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); go(list.children[at]); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); open(false); }
  });
  box.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const option = event.target.closest("li"); if (option) go(option); });
}

if (suggest) document.querySelectorAll("form.search:not(.inside) input[type=search]").forEach(combobox);
