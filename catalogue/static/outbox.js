// On every page: tells how many lines wait on this device, and sends those of who is signed in.
(() => {
  const sign = document.getElementById("con-tren-may");
  const person = Number(document.body.dataset.person || 0);
  if (!("serviceWorker" in navigator) || !window.indexedDB) return;

  const show = async () => {
    const waiting = (await outbox.lines()).filter((line) => line.person === person).length;
    if (!sign) return;
    sign.hidden = waiting === 0;
    sign.textContent = `chưa gửi (${waiting})`;
  };

  const learn = async () => {
    const answer = await fetch(document.body.dataset.known, { redirect: "error" });
    if (!answer.ok) throw new Error("not signed in");
    const told = await answer.json();
    await outbox.know({ ...told, csrf: "", at: Date.now() });
    return told;
  };

  const hand = async (lines, csrf) => {
    const sent = lines.map(({ person: _, refusal: __, at: ___, ...line }) => line);
    const answer = await fetch(document.body.dataset.send, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ lines: sent }),
    });
    if (!answer.ok) throw new Error("not taken in");
    return (await answer.json()).lines;
  };

  // One page sends at a time; what is answered without a refusal is written, and only then let go.
  const send = () =>
    navigator.locks.request("vtvl-outbox", async () => {
      const lines = (await outbox.lines()).filter((line) => line.person === person);
      const known = await outbox.known();
      const old = !known || known.person !== person || Date.now() - known.at > 600_000;
      const stale = old && Boolean(document.body.dataset.worker);
      if (lines.length === 0 && !stale) return;
      const { csrf } = await learn();
      if (lines.length === 0) return;
      const byKey = new Map(lines.map((line) => [line.entry_key, line]));
      for (const { entry_key: key, refusal } of await hand(lines, csrf)) {
        await outbox.settle(byKey.get(key), refusal);
      }
      const written = lines.length - (await outbox.lines()).filter((line) => byKey.has(line.entry_key)).length;
      if (written > 0) document.dispatchEvent(new CustomEvent("outbox:sent", { detail: written }));
    });

  const say = (place, look, role, text) => {
    const words = Object.assign(document.createElement("p"), { className: look, textContent: text });
    words.setAttribute("role", role);
    place.prepend(words);
    return words;
  };

  const main = document.querySelector("main");
  const told = (event) =>
    say(main, "notice", "status", `Đã gửi ${event.detail} dòng giữ trên máy. Mở lại ngày để xem.`);

  // A form that did not reach the server stays on its page, which says so where it was sent.
  let sent = null;
  const unsent = () => {
    if (!sent) return;
    document.querySelector(".not-sent")?.remove();
    const words = "CHƯA gửi: không tới được máy chủ. Những gì đã gõ vẫn còn trên trang này. Đừng đóng trang; khi có mạng hãy bấm lại.";
    say(main.contains(sent) ? sent : main, "refusals not-sent", "alert", words).scrollIntoView({ block: "center" });
    sent.dispatchEvent(new CustomEvent("outbox:unsent"));
    sent = null;
  };
  window.addEventListener("submit", (event) => {
    sent = event.defaultPrevented ? null : event.target;
  });
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "unsent") unsent();
  });
  navigator.serviceWorker.startMessages();

  const go = async () => {
    if (person) await send().catch(() => {});
    else await outbox.forget();
    await show();
  };

  document.addEventListener("outbox:sent", told);
  window.addEventListener("online", go);
  // The pages of the diary bring the worker along; the others only tell and send.
  if (document.body.dataset.worker) {
    navigator.serviceWorker.register(document.body.dataset.worker).catch(() => {});
  }
  go();
})();
