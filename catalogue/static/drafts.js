// Saves what is typed in a section by itself, and works its rows from the keyboard.
(() => {
  const PAUSE = 2000;
  const timers = new Map();
  const unsaved = new Set();
  const isSection = (form) => form && form.matches("form[data-draft-section]");

  const say = (form, words, failed) => {
    const place = form.querySelector("[data-saving]");
    place.textContent = words;
    place.toggleAttribute("data-failed", failed);
  };

  const post = (form, move) => {
    const sent = new URLSearchParams(new FormData(form));
    sent.set("op", move);
    return fetch(form.action, { method: "POST", body: sent, headers: { "X-Draft-Section": "1" } });
  };

  // The rows now stand as they were saved: what is typed next is compared with that.
  const settle = (form) => {
    for (const mark of form.querySelectorAll("input[name$='was']")) {
      mark.value = mark.name.match(/(\d+)-was$/)[1];
    }
  };

  const showErrors = (form, errors) => {
    for (const field of form.elements) {
      if (!field.name) continue;
      const wrong = Object.hasOwn(errors, field.name);
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };

  const showOthers = (sentences) => {
    document.getElementById("dang-sua").replaceChildren(...sentences.map((sentence) => {
      const words = document.createElement("p");
      words.className = "secret-warning";
      words.textContent = sentence;
      return words;
    }));
  };

  // These are answered by pages that keep what was typed; the section is sent to them whole.
  const PAGES = [400, 401, 409];
  const EXPIRED = "Chưa lưu được: phiên làm việc đã hết hạn. Bấm «Lưu», nội dung đã gõ được giữ lại.";
  const WORDS = {
    400: EXPIRED,
    401: EXPIRED,
    403: "Chưa lưu được: bạn không được soạn bản này.",
    409: "Chưa lưu được: bản soạn đã đổi. Bấm «Lưu» để xem hai bản.",
    413: "Chưa lưu được: mục này quá dài. Hãy dán ít dòng hơn.",
    422: "Chưa lưu được: trang này đã cũ. Hãy mở lại trang rồi làm lại.",
  };
  const LOST = "Chưa lưu được: không tới được máy chủ. Nội dung vẫn còn trên trang này.";

  // One section is sent once at a time: the next sending needs the revision that the last one made.
  const sending = new Map();
  const inTurn = (form, work) => {
    const turn = (sending.get(form) || Promise.resolve()).then(work);
    sending.set(form, turn);
    return turn;
  };

  const autosave = (form) => inTurn(form, async () => {
    if (!form.isConnected) return;
    unsaved.delete(form);
    try {
      const answer = await post(form, "autosave");
      const told = answer.headers.get("Content-Type").startsWith("application/json")
        ? await answer.json()
        : { said: WORDS[answer.status] || LOST };
      say(form, told.said, !answer.ok);
      showErrors(form, told.errors || {});
      if (!answer.ok) {
        unsaved.add(form);
        return;
      }
      form.elements.seen.value = told.revision;
      settle(form);
      showOthers(told.others);
      document.getElementById("con-thieu").innerHTML = told.lacking;
    } catch {
      unsaved.add(form);
      say(form, LOST, true);
    }
  });

  const later = (form) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => autosave(form), PAUSE));
  };

  const focusOn = (section, row, field) => {
    const place = row && document.getElementById(row);
    const first = place && place.querySelector("input:not([type=hidden]), textarea");
    const same = field && document.getElementById(row + field);
    (same || first || section.querySelector("button, h2")).focus();
  };

  // The server moves the rows and draws the section again; the field that was at work keeps focus.
  // Nothing can be typed meanwhile that the new drawing would swallow.
  const work = (form, move, field) => inTurn(form, async () => {
    if (!form.isConnected) return;
    clearTimeout(timers.get(form));
    const section = form.closest("section");
    const before = document.activeElement;
    section.inert = true;
    try {
      const answer = await post(form, move);
      if (PAGES.includes(answer.status)) {
        unsaved.clear();
        form.submit();
        return;
      }
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      const drawn = document.createElement("template");
      drawn.innerHTML = await answer.text();
      const fresh = drawn.content.querySelector("section");
      if (!fresh) throw new Error(answer.status);
      section.replaceWith(fresh);
      document.getElementById("con-thieu").replaceWith(drawn.content.querySelector("#con-thieu"));
      unsaved.delete(form);
      if (!answer.ok) {
        unsaved.add(fresh.querySelector("form"));
        fresh.querySelector("[aria-invalid]").focus();
        return;
      }
      focusOn(fresh, answer.headers.get("X-Focus"), field);
    } catch (failure) {
      section.inert = false;
      before.focus();
      say(form, WORDS[failure.message] || LOST, true);
    }
  });

  const KEYS = [
    [(event) => event.ctrlKey && !event.shiftKey && event.key === "Enter", "after"],
    [(event) => event.altKey && event.key === "ArrowUp", "up"],
    [(event) => event.altKey && event.key === "ArrowDown", "down"],
    [(event) => event.ctrlKey && event.shiftKey && event.key === "Backspace", "remove"],
  ];

  const rowOf = (field) => {
    const row = field.closest(".draft-row") || field.closest("fieldset.marked");
    return row && row.id;
  };

  const isPasted = (field) => field.name.endsWith("paste");
  const changed = (form) => {
    if (!unsaved.has(form)) say(form, "Chưa lưu…", false);
    unsaved.add(form);
    later(form);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (isSection(form) && !isPasted(event.target)) changed(form);
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.form;
    const known = KEYS.find(([pressed]) => pressed(event));
    const row = isSection(form) && known && rowOf(event.target);
    if (!row) return;
    event.preventDefault();
    const field = event.target.name ? event.target.name.slice(row.length) : "";
    work(form, `${known[1]}:${row}`, known[1] === "after" ? "text" : field);
  });

  document.addEventListener("submit", (event) => {
    if (!isSection(event.target)) return;
    event.preventDefault();
    const move = event.submitter ? event.submitter.value : "save";
    work(event.target, move, move === "save" ? document.activeElement.id : "");
  });

  document.addEventListener("paste", (event) => {
    const row = event.target.closest("[data-task]");
    const pasted = event.clipboardData.getData("text/plain");
    if (!row || !event.target.name.endsWith("-text") || !/[\n\t]./.test(pasted.trim())) return;
    event.preventDefault();
    const duty = event.target.closest("fieldset.marked");
    document.getElementById(`${duty.id}paste`).value = pasted;
    work(event.target.form, `paste:${row.id}`, "text");
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });

  // On a slow line people type before this script is there: nothing told it of that.
  const isTyped = (field) => field.matches("input:not([type=hidden]), textarea")
    && !isPasted(field) && field.value !== field.defaultValue;
  for (const form of document.querySelectorAll("form[data-draft-section]")) {
    if ([...form.elements].some(isTyped)) changed(form);
  }
})();
