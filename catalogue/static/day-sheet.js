// Adds and removes the lines of a day without asking the server, and narrows the tasks while typing.
(() => {
  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  const rows = document.getElementById("cac-dong");
  const blank = document.getElementById("dong-moi");
  const save = form.querySelector(".save");
  const search = document.getElementById("tim");
  const BLANK = "999-";

  const fold = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

  // Made here, so that a line that is sent twice is written once.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const freeNumber = () => {
    const taken = [...rows.querySelectorAll("input[name$='-entry_key']")];
    return 1 + Math.max(-1, ...taken.map((field) => parseInt(field.name, 10)));
  };

  const number = (line, at) => {
    for (const name of ["name", "id", "for"]) {
      for (const each of line.querySelectorAll(`[${name}^="${BLANK}"]`)) {
        each.setAttribute(name, at + each.getAttribute(name).slice(BLANK.length));
      }
    }
  };

  // Leaves what the task asks for: a secret paper takes hours only, pages belong to studying.
  const fit = (line, at, task) => {
    const secret = task.kind === "secret";
    for (const each of line.querySelectorAll(".told")) {
      const studying = each.classList.contains("study") && task.kind !== "study";
      if (secret || studying) each.remove();
    }
    line.querySelector(".only-hours").hidden = !secret;
    for (const option of line.querySelectorAll(".work option[data-task]")) {
      if (option.dataset.task !== task.task) option.remove();
    }
    const work = line.querySelector(".work");
    if (work && !work.querySelector("option[data-task]")) work.remove();
    const product = line.querySelector(`[name="${at}product"]`);
    if (product) product.placeholder = task.product;
    const unit = line.querySelector(`label[for="${at}quantity"]`);
    if (unit && task.unit) unit.textContent = `Số lượng (${task.unit})`;
  };

  const add = (button) => {
    const line = blank.content.firstElementChild.cloneNode(true);
    const at = `${freeNumber()}-`;
    number(line, at);
    fit(line, at, button.dataset);
    line.querySelector("legend").textContent = button.textContent;
    line.querySelector(`[name="${at}task"]`).value = button.value.slice("add:".length);
    line.querySelector(`[name="${at}entry_key"]`).value = newKey();
    line.querySelector("button[value^='drop:']").value = `drop:${at.slice(0, -1)}`;
    line.querySelector("button .visually-hidden").textContent = ` ${button.textContent}`;
    rows.append(line);
    save.hidden = false;
    line.querySelector(`[name="${at}hours"]`).focus();
  };

  const drop = (button) => {
    button.closest(".day-line").remove();
    save.hidden = !rows.children.length;
    (rows.querySelector("input[type=text]") || search).focus();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const move = button.value.split(":")[0];
    if (move !== "add" && move !== "drop") return;
    event.preventDefault();
    (move === "add" ? add : drop)(button);
  });

  const narrow = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const list of form.querySelectorAll(".tasks")) {
      const heading = list.previousElementSibling;
      const duty = heading && heading.matches(".group") ? heading.textContent : "";
      let shown = 0;
      for (const item of list.children) {
        const { textContent, dataset } = item.firstElementChild;
        const told = fold(`${duty} ${textContent} ${dataset.product}`);
        item.hidden = !words.every((word) => told.includes(word));
        shown += !item.hidden;
      }
      if (heading && !heading.matches("summary")) heading.hidden = !shown;
      found += shown;
    }
    const others = form.querySelector("#chon-viec > details");
    if (others && words.length) others.open = true;
    const nothing = form.querySelector(".nothing-found");
    nothing.hidden = found > 0;
    nothing.querySelector("[data-searched]").textContent = search.value;
    const unplanned = nothing.querySelector("[data-unplanned]");
    if (unplanned) {
      const target = new URL(unplanned.href);
      target.searchParams.set("noi-dung", search.value);
      unplanned.href = target;
    }
  };

  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
})();
