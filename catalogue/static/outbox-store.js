// What a device keeps: the lines that were not sent, and what typing without a network needs.
const outbox = (() => {
  const open = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open("vtvl", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("lines", { keyPath: "entry_key" });
        asked.result.createObjectStore("known");
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  const act = async (store, mode, work) => {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(store, mode, { durability: "strict" });
        const asked = work(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(asked && asked.result);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  // In the order in which they were typed: their keys are drawn by chance.
  const lines = async () => {
    const kept = await act("lines", "readonly", (store) => store.getAll());
    return kept.sort((one, other) => one.at - other.at);
  };
  const put = (line) => act("lines", "readwrite", (store) => store.put({ at: performance.timeOrigin + performance.now(), ...line }));
  const drop = (key) => act("lines", "readwrite", (store) => store.delete(key));

  // What the server said of a line that was sent; one mended or dropped meanwhile stays as it is.
  const settle = (line, refusal) =>
    act("lines", "readwrite", (store) => {
      const asked = store.get(line.entry_key);
      asked.onsuccess = () => {
        if (asked.result?.at !== line.at) return;
        if (refusal) store.put({ ...line, refusal });
        else store.delete(line.entry_key);
      };
    });

  const known = () => act("known", "readonly", (store) => store.get("mine"));
  const know = (told) => act("known", "readwrite", (store) => store.put(told, "mine"));
  const forget = () => act("known", "readwrite", (store) => store.delete("mine"));

  // A sheet as the page of the day sends it: fields are named `0-task`, `0-hours`, … Answers how many
  // lines were kept; none where the device does not know whose they are.
  const keepSheet = async (form, day) => {
    const mine = await known();
    const sheet = new Map();
    for (const [name, value] of form.entries()) {
      const found = /^(\d+)-([a-z_]+)$/.exec(name);
      if (!found) continue;
      if (!sheet.has(found[1])) sheet.set(found[1], {});
      if (value !== "") sheet.get(found[1])[found[2]] = value;
    }
    const lines = [...sheet.values()].filter((line) => line.entry_key);
    if (!mine) return 0;
    for (const line of lines) await put({ ...line, day: day || mine.today, person: mine.person });
    return lines.length;
  };

  return { lines, put, drop, settle, known, know, forget, keepSheet };
})();
