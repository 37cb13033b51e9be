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

// A sheet that did not reach the server is kept on the device, its lines under their own keys.
const keep = async (copy) => {
  const day = new URL(copy.url).searchParams.get("ngay");
  await outbox.keepSheet(await copy.formData(), day);
  return Response.redirect(SHELL, 303);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(shell));
  } else if (request.mode === "navigate" && request.method === "POST" && url.pathname === DAY) {
    const copy = request.clone();
    event.respondWith(fetch(request).catch(() => keep(copy)));
  } else if (request.method === "GET" && url.pathname.startsWith("{{ url_for('static', filename='') }}")) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
{% include "outbox/push.js" %}
