// Warns before a page with something typed and not sent is left.
(() => {
  let typed = false;
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    // A page that came back with what was typed, or that could not be sent, still holds it.
    if (form.hasAttribute("data-typed") || document.querySelector(".refusals")) typed = true;
    for (const event of ["input", "outbox:unsent"]) form.addEventListener(event, () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
  }
  // A choice that could not be kept says so where it was made: the mark alone would look saved.
  const failed = (event) => {
    const place = event.target.closest("form") || document.querySelector("main");
    let words = place.querySelector(".not-kept");
    if (!words) {
      words = document.createElement("p");
      words.className = "refusals not-kept";
      words.setAttribute("role", "alert");
      place.prepend(words);
    }
    words.textContent =
      "Lựa chọn vừa rồi CHƯA được lưu. Hãy đăng nhập lại ở một thẻ khác nếu đã hết phiên, rồi chọn lại.";
    words.scrollIntoView({ block: "nearest" });
  };
  document.body.addEventListener("htmx:responseError", failed);
  document.body.addEventListener("htmx:sendError", failed);
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
})();
