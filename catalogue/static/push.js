// Lets this browser take notices: asks the person, subscribes, and tells the server where to send.
(() => {
  const button = document.getElementById("nhan-thong-bao");
  const words = document.getElementById("thiet-bi-loi");
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!button || !able) return;

  const say = (text) => {
    words.textContent = text;
  };

  // A subscription under an older key of the installation would be refused by the push service.
  const subscribe = async (registration) => {
    const asked = { userVisibleOnly: true, applicationServerKey: button.dataset.key };
    try {
      return await registration.pushManager.subscribe(asked);
    } catch (refusal) {
      const old = await registration.pushManager.getSubscription();
      if (!old) throw refusal;
      await old.unsubscribe();
      return registration.pushManager.subscribe(asked);
    }
  };

  const hand = async (subscription) => {
    const { endpoint, keys } = subscription.toJSON();
    const answer = await fetch(button.dataset.send, {
      method: "POST",
      redirect: "error",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("input[name=csrf_token]").value,
      },
      body: JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth }),
    });
    if (answer.ok) return "";
    const told = await answer.json().catch(() => null);
    return told ? told.loi[0].thong_bao : "Chưa bật được. Hãy tải lại trang rồi thử lại.";
  };

  const start = async () => {
    if ((await Notification.requestPermission()) !== "granted") {
      return "Trình duyệt đang chặn thông báo của trang này. Hãy cho phép trong phần cài đặt của trình duyệt rồi bấm lại.";
    }
    await navigator.serviceWorker.register(button.dataset.worker);
    return hand(await subscribe(await navigator.serviceWorker.ready));
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    say("Đang bật…");
    const refusal = await start().catch(() => "Chưa bật được vì không nối được dịch vụ thông báo của trình duyệt. Hãy thử lại sau.");
    if (!refusal) return location.reload();
    button.disabled = false;
    return say(refusal);
  });

  say("Bật một lần trên mỗi máy, điện thoại; lời nhắc hiện cả khi chưa mở trang.");
  button.hidden = false;
})();
