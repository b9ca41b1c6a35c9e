// Comfort only: the form asks the same when it is sent. While a name or title is typed, records that are like it are told.
const panel = document.getElementById("similar");

if (panel) {
  const list = panel.appendChild(document.createElement("ul"));
  const boxes = panel.dataset.names.split(" ").map((name) => document.getElementById(`id_${name}`)).filter(Boolean);
  let timer, request;

  const show = (found) => {
    list.replaceChildren(...found.map((one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = one.url;
      link.textContent = one.label;
      item.append(link, ` (${one.why})`);
      return item;
    }));
    panel.hidden = !found.length;
  };

  const ask = async () => {
    request?.abort();
    request = new AbortController();
    const asked = new URLSearchParams(boxes.map((box) => [box.name, box.value]));
    if (panel.dataset.record) asked.set("record", panel.dataset.record);
    if (!boxes.some((box) => box.value.trim().length > 2)) return show([]);
    try {
      const answer = await fetch(`${panel.dataset.url}?${asked}`, { signal: request.signal });
      if (answer.ok) show((await answer.json()).similar);
    } catch { /* the form asks again when it is sent */ }
  };

  for (const box of boxes)
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 400); });
}
