/* The three fates answer while one moves them. Without this script a button does the same. */
(() => {
  "use strict";
  const desk = document.getElementById("f-desk");
  const form = document.getElementById("fates");
  if (!desk || !form) return;
  document.body.classList.add("f-scripted");
  const status = document.getElementById("f-status");
  const year = document.getElementById("f-ar");
  const said = document.getElementById("f-ar-said");
  const decimal = document.documentElement.lang === "sv" ? "," : ".";

  function moveYear() {
    if (!year) return;
    const at = Number(year.value);
    said.textContent = `${at} ${year.dataset.said}`;
    year.setAttribute("aria-valuetext", said.textContent);
    for (const life of document.querySelectorAll(".f-life")) {
      const years = life.dataset.years.split(";");
      const counts = years[Math.min(at, years.length - 1)].split(",").map(Number);
      const groups = [...life.querySelectorAll(".f-pieces li")];
      const board = life.querySelectorAll(".f-board path");
      let square = 0;
      groups.forEach((piece, n) => {
        piece.hidden = counts[n] === 0;
        piece.querySelector("b").textContent = counts[n];
        let path = "";
        for (const end = square + counts[n]; square < end; square += 1) {
          path += `M${(square % 20) * 10} ${Math.floor(square / 20) * 10}h8.4v8.4h-8.4z`;
        }
        board[n].setAttribute("d", path);
      });
      life.querySelector(".figure").textContent = counts[0] + counts[1];
      const across = Math.min(1000, (1000 * at) / (Number(year.max) + 1));
      life.querySelector(".f-now").setAttribute("d", `M${across} 0V100`);
    }
  }

  function query() {
    // Whom it is about is asked by the button alone: the story and what stands beside each slider belong to it.
    const moves = (name) => name === "ar" || name === "ranta" || name.startsWith("a.");
    const given = new URLSearchParams();
    for (const [name, value] of new URLSearchParams(location.search)) if (!moves(name)) given.append(name, value);
    for (const [name, value] of new FormData(form)) if (moves(name) && value !== "") given.append(name, value);
    return given.toString();
  }

  function replace(id, source) {
    const there = document.getElementById(id);
    const open = [...there.querySelectorAll("details")].map((one) => one.open);
    there.replaceChildren(...source);
    [...there.querySelectorAll("details")].forEach((one, n) => { if (n < open.length) one.open = open[n]; });
  }

  function parsed(text) {
    return new DOMParser().parseFromString(text, "text/html");
  }

  function share(asked) {
    const address = desk.dataset.page + (asked ? `?${asked}` : "");
    history.replaceState(null, "", address);
    const link = document.getElementById("f-link");
    link.href = new URL(address, location.href).href;
    link.textContent = link.href;
    for (const id of ["f-sheet", "f-pdf"]) {
      const file = document.getElementById(id);
      if (file) file.href = `${file.href.split("?")[0]}?${asked}`;
    }
  }

  const whether = document.getElementById("f-whether");
  let asking = null;
  let soon = 0;
  let later = 0;

  function wait() {
    if (whether.classList.contains("f-waits")) return;
    whether.classList.add("f-waits");
    whether.setAttribute("aria-busy", "true");
    const word = document.createElement("p");
    word.className = "f-waiting";
    word.textContent = desk.dataset.waits;
    whether.querySelector("h2").after(word);
  }

  function complain(text) {
    document.getElementById("fel")?.remove();
    const found = parsed(text).getElementById("fel");
    if (found) { found.removeAttribute("autofocus"); form.before(found); status.textContent = found.textContent.trim(); }
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    clearTimeout(later);
    wait();
    const { signal } = asking;
    const asked = query();
    try {
      const first = await fetch(`${desk.dataset.picture}?${asked}`, { signal });
      if (first.status === 422) { complain(await first.text()); return; }
      if (first.status !== 200) { form.submit(); return; }
      document.getElementById("fel")?.remove();
      const page = parsed(await first.text());
      for (const part of page.querySelectorAll("[data-for]")) replace(part.dataset.for, part.childNodes);
      if (year) moveYear();
      share(first.headers.get("X-Fates-Query") ?? asked);
      later = setTimeout(async () => {
        try {
          const second = await fetch(`${desk.dataset.whether}?${asked}`, { signal });
          if (second.status !== 200) { form.submit(); return; }
          replace("f-whether", parsed(await second.text()).body.childNodes);
          whether.classList.remove("f-waits");
          whether.removeAttribute("aria-busy");
          status.textContent = desk.dataset.done;
        } catch (stopped) { if (stopped.name !== "AbortError") throw stopped; }
      }, 250);
    } catch (stopped) { if (stopped.name !== "AbortError") throw stopped; }
  }

  function asSoon() {
    if (!whether) return;
    clearTimeout(soon);
    soon = setTimeout(ask, 60);
  }

  for (const row of document.querySelectorAll(".f-row[data-low]")) {
    const typed = row.querySelector("input");
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = row.dataset.low;
    slider.max = row.dataset.high;
    slider.step = "any";
    slider.value = row.dataset.value;
    slider.setAttribute("aria-label", row.querySelector("label").textContent);
    const hint = typed.getAttribute("aria-describedby");
    if (hint) slider.setAttribute("aria-describedby", hint);
    row.querySelector("[data-slide]").prepend(slider);
    const step = Number(row.dataset.step) || 1;
    slider.addEventListener("keydown", (press) => {
      const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[press.key];
      if (!way) return;
      press.preventDefault();
      slider.value = String(Number(slider.value) + way * step);
      slider.dispatchEvent(new Event("input"));
    });
    slider.addEventListener("input", () => {
      typed.value = String(Number(Number(slider.value).toPrecision(3))).replace(".", decimal);
      row.classList.add("f-moved");
      asSoon();
    });
    typed.addEventListener("input", () => {
      const number = Number(typed.value.replace(",", ".").replace(/\s/g, ""));
      slider.value = typed.value === "" || Number.isNaN(number) ? row.dataset.value : String(number);
      row.classList.toggle("f-moved", typed.value !== "");
      asSoon();
    });
  }
  document.getElementById("f-ranta")?.addEventListener("change", asSoon);
  year?.addEventListener("input", moveYear);
  year?.addEventListener("change", () => share(query()));
})();
