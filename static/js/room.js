// The reading page, live: changes arrive by themselves, panels open in place, a selection becomes a proposal.
// Everything here also works without it, as plain links and forms.
"use strict";

const read = document.getElementById("read");
const live = document.getElementById("live");
let seq = Number(read.dataset.seq);
let stream = null;
let asking = null;

// ---- what changed

function place(id, html) {
  const spot = document.getElementById(id);
  if (spot && spot.innerHTML !== html) spot.innerHTML = html;
}

function show(changes) {
  for (const one of changes.changed) {
    const article = document.getElementById("p-" + one.id);
    if (!article) continue;
    // What stands above the reader's eyes may grow or shrink; what is being read must not move.
    const above = article.getBoundingClientRect().bottom < 0;
    const before = article.offsetHeight;
    place("body-" + one.id, one.body);
    place("gutter-" + one.id, one.gutter);
    place("rail-" + one.id, one.rail);
    place("outline-" + one.id, one.outline);
    article.classList.toggle("agreed", one.agreed);
    if (changes.seq > seq) article.classList.add("new");
    if (above) window.scrollBy(0, article.offsetHeight - before);
  }
  seq = Math.max(seq, changes.seq);
  document.getElementById("seq").textContent = seq;
  const open = live.dataset.session;
  live.dataset.session = changes.session;
  // Another state of the session changes what may be done: the page is asked for again, unless somebody is typing.
  if (open !== undefined && open !== changes.session && !typing()) location.reload();
}

function typing() {
  return Array.from(document.querySelectorAll(".panel textarea, .panel input[type=text]")).some((field) => field.value);
}

// ---- live, or asking

function say(isLive) {
  const was = !live.classList.contains("lost");
  live.classList.toggle("lost", !isLive);
  if (isLive) live.textContent = live.dataset.live;
  else if (was || !live.dataset.since) {
    live.dataset.since = new Date().toTimeString().slice(0, 8);
    live.textContent = live.dataset.lost + " " + live.dataset.since + " · " + live.dataset.away;
  }
}

function ask(on) {
  if (on && !asking) asking = setInterval(askOnce, 2000);
  if (!on && asking) { clearInterval(asking); asking = null; }
}

async function askOnce() {
  if (document.hidden) return;
  try {
    const answer = await fetch(read.dataset.sinceUrl + "?after=" + seq, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) show(await answer.json());
  } catch (error) { /* still away: asked again in two seconds */ }
}

function listen() {
  if (stream || document.hidden) return;
  const url = read.dataset.liveUrl + "&after=" + seq + "&lang=" + document.documentElement.lang;
  stream = new EventSource(url);
  stream.addEventListener("changed", (event) => { show(JSON.parse(event.data)); });
  stream.addEventListener("open", () => { say(true); ask(false); });
  stream.addEventListener("back", () => { say(true); ask(false); });
  stream.addEventListener("away", () => { say(false); ask(true); });
  stream.addEventListener("error", () => {
    say(false);
    ask(true);
    // A refused stream is not opened again by the browser; asking goes on, and a later try may be let in.
    if (stream && stream.readyState === EventSource.CLOSED) { stream.close(); stream = null; setTimeout(listen, 5000); }
  });
}

document.addEventListener("visibilitychange", () => {
  // Hidden tabs hold no stream: a browser gives a host only a few connections.
  if (document.hidden && stream) { stream.close(); stream = null; }
  if (!document.hidden) listen();
});
window.addEventListener("pagehide", () => { if (stream) stream.close(); });
listen();

// ---- panels in place

async function open(link) {
  const slot = document.getElementById("panel-" + link.dataset.panel);
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  slot.innerHTML = await answer.text();
  if (window.htmx) window.htmx.process(slot);
  const title = slot.querySelector("h2");
  if (title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
  slot.scrollIntoView({ block: "nearest" });
  return slot;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel], a[data-close]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.panel) open(link).catch(() => { location.href = link.href; });
  else link.closest(".panel").remove();
});

// ---- a selection becomes a proposal

function wordingNodes(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".m, .br")) nodes.push(walker.currentNode);
  return nodes;
}

// The visible characters of the wording before a point; the server numbers its words by the same count.
function visibleBefore(body, container, offset) {
  let count = 0;
  const point = document.createRange();
  point.setStart(container, offset);
  for (const node of wordingNodes(body)) {
    const whole = node.textContent;
    const side = point.comparePoint(node, 0);
    if (node === container) return count + whole.slice(0, offset).replace(/\s/gu, "").length;
    if (side >= 0) return count;
    count += whole.replace(/\s/gu, "").length;
  }
  return count;
}

function labelLength(body) {
  const label = body.dataset.label || "";
  return label.replace(/\s/gu, "").length;
}

let offer = null;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const body = selection.rangeCount && !selection.isCollapsed
    ? (selection.anchorNode.parentElement || document.body).closest(".p[data-propose]") : null;
  if (!body || !body.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  offer = {
    body,
    start: visibleBefore(body, range.startContainer, range.startOffset) - labelLength(body),
    end: visibleBefore(body, range.endContainer, range.endOffset) - labelLength(body),
  };
  const link = body.parentElement.querySelector(".tools a");
  link.classList.add("button");
});

function choose(slot, chosen) {
  const first = slot.querySelector("select[name=first]");
  const last = slot.querySelector("select[name=last]");
  if (!first || !last) return;
  const within = (option) => Number(option.dataset.end) > chosen.start && Number(option.dataset.start) < chosen.end;
  const options = Array.from(first.options).filter(within);
  if (!options.length) return;
  first.value = options[0].value;
  last.value = options[options.length - 1].value;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".tools a[data-panel]");
  if (!link || !offer || link.closest(".body").querySelector(".p") !== offer.body) return;
  const chosen = offer;
  const slot = document.getElementById("panel-" + link.dataset.panel);
  const watch = new MutationObserver(() => { choose(slot, chosen); watch.disconnect(); });
  watch.observe(slot, { childList: true });
});
