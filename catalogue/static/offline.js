// The page without a network: keeps lines on the device, shows those that wait, and mends them.
(() => {
  const form = document.getElementById("ghi-tren-may");
  const list = document.getElementById("cac-dong-chua-gui");
  const sign = document.getElementById("dang-sua-dong");
  const typed = form.querySelectorAll("input.form-control:not([type=date]), textarea");
  const DAY = 86_400_000;
  let told = null;
  let mended = null;

  // Where the server's day was when it was last asked, moved on by the days that have passed since.
  const today = () => {
    const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
    const passed = Math.round((midnight(Date.now()) - midnight(told.at)) / DAY);
    const day = new Date(`${told.today}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() + passed);
    return day.toISOString().slice(0, 10);
  };

  const element = (name, text, look = "") =>
    Object.assign(document.createElement(name), { textContent: text, className: look });

  const option = (value, text) => Object.assign(element("option", text), { value });

  const taskOf = (key) => told.tasks.find((each) => each.task === key);

  const isTyping = () => [...typed].some((field) => field.value);

  // Asks what the task asks for: a secret paper takes hours only, pages belong to studying.
  const fit = () => {
    const task = taskOf(form.task.value);
    const work = task ? told.work.filter((each) => each.task_id === task.task_id) : told.work;
    form.work_item.replaceChildren(form.work_item.options[0], ...work.map((each) => option(each.work_item, each.title)));
    for (const each of form.querySelectorAll(".told")) {
      const strange = each.classList.contains("study") && task && task.kind !== "study";
      each.hidden = task?.kind === "secret" || strange || (each.classList.contains("work") && !work.length);
      for (const field of each.querySelectorAll("[name]")) field.disabled = each.hidden;
    }
  };

  const offer = () => {
    const groups = new Map();
    for (const task of told.tasks) {
      if (!groups.has(task.duty)) {
        const group = Object.assign(document.createElement("optgroup"), { label: task.duty });
        groups.set(task.duty, group);
        form.task.append(group);
      }
      groups.get(task.duty).append(option(task.task, task.text));
    }
    form.day.value = today();
    form.day.max = today();
    form.hidden = false;
    fit();
  };

  const showRefusals = (refusals) => {
    for (const each of form.querySelectorAll(".field-error")) each.remove();
    for (const each of form.querySelectorAll("[aria-invalid]")) {
      each.removeAttribute("aria-invalid");
      each.removeAttribute("aria-describedby");
    }
    for (const [name, words] of Object.entries(refusals)) {
      form[name].setAttribute("aria-invalid", "true");
      form[name].setAttribute("aria-describedby", `loi-${name}`);
      form[name].after(Object.assign(element("p", words, "field-error"), { id: `loi-${name}` }));
    }
    form.querySelector("[aria-invalid]")?.focus();
  };

  const read = () => {
    const line = {};
    for (const [name, value] of new FormData(form)) if (value.trim() !== "") line[name] = value;
    return line;
  };

  // The place and the day stay: the next line is likely of the same.
  const clear = () => {
    mended = null;
    sign.hidden = true;
    for (const field of typed) field.value = "";
    form.work_item.value = "";
    form.overtime.checked = false;
    showRefusals({});
  };

  // A choice that is offered no more stays the line's: mending changes what the hand changes.
  const fill = (field, line) => {
    const value = line[field.name] || "";
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
    if (field.value === value || !field.options) return;
    field.append(option(value, "đã chọn trước đây"));
    field.value = value;
    field.disabled = false;
    field.closest("[hidden]")?.removeAttribute("hidden");
  };

  const mend = (line) => {
    clear();
    mended = line;
    sign.hidden = false;
    fill(form.task, line);
    fit();
    for (const field of form.elements) if (field.name) fill(field, line);
    form.querySelector("details").open ||= Boolean(line.place || line.evidence || line.note);
    form.hours.focus();
  };

  const button = (words, which, act) => {
    const made = Object.assign(element("button", words, "btn btn-outline-secondary"), { type: "button" });
    made.append(element("span", ` ${which}`, "visually-hidden"));
    made.addEventListener("click", act);
    return made;
  };

  // Every field of the form that the line fills, each with the label and the words of its choice.
  const details = (line) => {
    const choices = [...told.work.map((each) => option(each.work_item, each.title)), ...form.place.options];
    const filled = [...form.elements].filter(({ name }) => name && !["day", "task"].includes(name) && line[name]);
    return filled.map(({ name, type, options }) => {
      const label = form.querySelector(`label[for="${name}"]`).textContent;
      if (type === "checkbox") return label;
      const chosen = options && choices.find((each) => each.value === line[name]);
      return `${label}: ${chosen ? chosen.textContent : line[name]}`;
    }).join("\n");
  };

  const item = (line) => {
    const day = line.day.split("-").reverse().join("/");
    const title = `${day}: ${taskOf(line.task)?.text || "nhiệm vụ đã chọn"}`;
    const shown = element("li", "", "card-box");
    shown.append(element("strong", title));
    shown.append(element("span", details(line), "about"));
    if (line.refusal) shown.append(element("p", `Chưa ghi được: ${line.refusal}`, "field-error"));
    const deeds = element("p", "", "deeds");
    deeds.append(button("Sửa", title, () => {
      if (isTyping()) showRefusals({ hours: "Dòng đang ghi ở đây chưa được giữ. Bấm «Giữ trên máy» hoặc «Thôi», rồi sửa dòng kia." });
      else mend(line);
    }));
    deeds.append(button("Bỏ dòng", title, () => outbox.drop(line.entry_key).then(show)));
    shown.append(deeds);
    return shown;
  };

  const show = async () => {
    const lines = await outbox.lines();
    const own = lines.filter((line) => line.person === told?.person);
    document.getElementById("so-chua-gui").textContent = own.length;
    document.getElementById("khong-con-dong").hidden = own.length > 0;
    document.getElementById("cua-nguoi-khac").hidden = own.length === lines.length;
    document.getElementById("so-nguoi-khac").textContent = lines.length - own.length;
    list.replaceChildren(...own.map(item));
  };

  form.task.addEventListener("change", fit);
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const line = read();
    const refusals = refusalsOf(line, taskOf(line.task), today());
    showRefusals(refusals);
    if (Object.keys(refusals).length) return;
    const key = mended ? mended.entry_key : crypto.randomUUID();
    await outbox.put({ ...line, entry_key: key, person: told.person });
    clear();
    form.hours.focus();
    await show();
  });

  outbox.known().then((known) => {
    told = known;
    document.getElementById("chua-san-sang").hidden = Boolean(known);
    if (known) offer();
    show();
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyping()) event.preventDefault();
  });
  // Back on the line: the page of the day sends what waits, unless somebody is still typing.
  window.addEventListener("online", () => {
    if (!isTyping()) location.assign(document.querySelector("main a").href);
  });
})();
