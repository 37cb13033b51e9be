// The page without a network: keeps lines on the device, and shows those that wait.
(() => {
  const form = document.getElementById("ghi-tren-may");
  const list = document.getElementById("cac-dong-chua-gui");
  const DAY = 86_400_000;

  // Where the server's day was when it was last asked, moved on by the days that have passed since.
  const today = (known) => {
    const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
    const passed = Math.round((midnight(Date.now()) - midnight(known.at)) / DAY);
    const day = new Date(`${known.today}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() + passed);
    return day.toISOString().slice(0, 10);
  };

  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  const offer = (known) => {
    const groups = new Map();
    for (const task of known.tasks) {
      if (!groups.has(task.duty)) {
        const group = document.createElement("optgroup");
        group.label = task.duty;
        groups.set(task.duty, group);
        form.task.append(group);
      }
      const option = element("option", task.text);
      option.value = task.task;
      option.dataset.kind = task.kind;
      groups.get(task.duty).append(option);
    }
    form.day.value = today(known);
    form.day.max = today(known);
    form.hidden = false;
  };

  const fit = () => {
    const secret = form.task.selectedOptions[0]?.dataset.kind === "secret";
    for (const each of form.querySelectorAll(".told")) each.hidden = secret;
  };

  const show = async () => {
    const lines = await outbox.lines();
    const known = await outbox.known();
    const names = new Map((known ? known.tasks : []).map((task) => [task.task, task.text]));
    document.getElementById("so-chua-gui").textContent = lines.length;
    document.getElementById("khong-con-dong").hidden = lines.length > 0;
    list.replaceChildren(...lines.map((line) => {
      const day = (line.day || "").split("-").reverse().join("/");
      const item = element("li", `${day}: ${names.get(line.task) || "nhiệm vụ đã chọn"}, ${line.hours || "chưa ghi giờ"}${line.product ? `, ${line.product}` : ""} `);
      if (line.refusal) item.append(element("span", `Chưa ghi được: ${line.refusal} `));
      const button = element("button", "Bỏ dòng");
      button.type = "button";
      button.className = "btn btn-outline-secondary";
      button.addEventListener("click", () => outbox.drop(line.entry_key).then(show));
      item.append(button);
      return item;
    }));
  };

  form.task.addEventListener("change", fit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const known = await outbox.known();
    const line = { entry_key: crypto.randomUUID(), person: known.person };
    for (const [name, value] of new FormData(form)) if (value !== "") line[name] = value;
    if (form.task.selectedOptions[0].dataset.kind === "secret") {
      for (const name of ["product", "quantity", "content"]) delete line[name];
    }
    await outbox.put(line);
    for (const name of ["hours", "product", "quantity", "content"]) form[name].value = "";
    form.overtime.checked = false;
    form.hours.focus();
    await show();
  });

  outbox.known().then((known) => {
    document.getElementById("chua-san-sang").hidden = Boolean(known);
    if (known) offer(known);
    fit();
  });
  // Back on the line: the page of the day sends what waits, unless somebody is still typing.
  window.addEventListener("online", () => {
    const typing = ["hours", "product", "quantity", "content"].some((name) => form[name].value);
    if (!typing) location.assign(document.querySelector("main a").href);
  });
  show();
})();
