// An answer that never came, or that the server could not make, must not look like nothing happened.
// htmx swaps neither (5xx is in its noSwap list), so the words that stand ready in the page are shown instead.
(() => {
  const say = (id) => {
    const words = document.getElementById(id);
    const place = document.getElementById("said");
    if (words && place) place.replaceChildren(words.content.cloneNode(true));
  };
  document.addEventListener("htmx:error", (event) => {
    // Without a response it was the network or the time limit; with one, a fault of a page's own making.
    if (event.detail.ctx && !event.detail.ctx.response) say("not-reached");
  });
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.status >= 500) say("not-done");
  });
})();
