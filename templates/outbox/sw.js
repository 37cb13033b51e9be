// Answers for the server where it cannot be reached: keeps what is sent, shows a page to go on typing.
importScripts("{{ url_for('static', filename='outbox-store.js') }}");

const KEPT = "vtvl-{{ version }}";
const SHELL = "{{ shell }}";
const DAY = "{{ day }}";

self.addEventListener("install", (event) => {
  const files = {{ files|tojson }};
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(tidy.then(() => self.clients.claim()));
});

const shell = () => caches.match(SHELL);

// An answer without content leaves a page as it stands, with all that was typed; it says that nothing was sent.
const stay = async () => {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage("unsent");
  return new Response(null, { status: 204 });
};

// A sheet that was to be written is kept on the device, its lines under their own keys; nothing else is.
const keep = async (copy) => {
  const form = await copy.formData();
  const day = new URL(copy.url).searchParams.get("ngay");
  if (form.get("op") !== "save" || !(await outbox.keepSheet(form, day))) return stay();
  return Response.redirect(SHELL, 303);
};

// Going back asks for an old answer without sending anything: that it is gone says nothing of the network.
const isRevisit = (request) => request.isHistoryNavigation || request.cache === "only-if-cached";

// Files go by themselves: there is no end to their size.
const isTyped = (request) =>
  request.method === "POST" && (request.headers.get("Content-Type") || "").startsWith("application/x-www-form-urlencoded");

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && isRevisit(request)) return;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(shell));
  } else if (request.mode === "navigate" && isTyped(request)) {
    const copy = request.clone();
    event.respondWith(fetch(request).catch(() => (url.pathname === DAY && !request.isReloadNavigation ? keep(copy).catch(stay) : stay())));
  } else if (request.method === "GET" && url.pathname.startsWith("{{ url_for('static', filename='') }}")) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
{% include "outbox/push.js" %}
