// The reading page, live: changes arrive by themselves, panels open in place, a selection becomes a proposal.
// Everything here also works without it, as plain links and forms.
"use strict";

const read = document.getElementById("read");
const live = document.getElementById("live");
let seq = Number(read.dataset.seq);
let stream = null;
let asking = null;
let waiting = false;

// ---- what changed

function place(id, html) {
  const spot = document.getElementById(id);
  if (!spot || spot.innerHTML === html) return;
  // Whoever walks the page by keyboard stays on the link they were on, if it is still there.
  const held = spot.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  spot.innerHTML = html;
  const again = held && Array.from(spot.querySelectorAll("a")).find((link) => link.getAttribute("href") === held);
  if (again) again.focus({ preventScroll: true });
}

function show(changes) {
  if (changes.seq < seq) return; // rendered before what is already shown
  for (const one of changes.came) comeIn(one);
  for (const one of changes.changed) {
    const article = document.getElementById("p-" + one.id);
    if (!article) continue;
    // What stands above the reader's eyes may grow or shrink; what is being read must not move.
    // Most browsers hold it in place themselves; doing it twice would move it.
    const above = !CSS.supports("overflow-anchor", "auto") && article.getBoundingClientRect().bottom < 0;
    const before = article.offsetHeight;
    place("body-" + one.id, one.body);
    place("gutter-" + one.id, one.gutter);
    place("rail-" + one.id, one.rail);
    place("outline-" + one.id, one.outline);
    article.classList.toggle("agreed", one.agreed);
    if (changes.seq > seq) article.classList.add("new");
    if (above) window.scrollBy(0, article.offsetHeight - before);
  }
  if (changes.foot) place("foot", changes.foot);
  if (changes.documents) place("documents", changes.documents);
  seq = Math.max(seq, changes.seq);
  document.getElementById("seq").textContent = seq;
  const open = live.dataset.session;
  live.dataset.session = changes.session;
  // Another state of the session changes what may be done: the page is asked for again, unless somebody is typing.
  if (open !== undefined && open !== changes.session && !typing()) location.reload();
}

// A paragraph that was tabled after this page was made: behind the one it follows, in the text, the outline and the list.
function comeIn(one) {
  const before = document.getElementById("p-" + one.behind);
  if (document.getElementById("p-" + one.id) || !before) return;
  before.after(made(one.article));
  document.getElementById("outline-" + one.behind).closest("li").after(made(one.outline));
  const option = new Option(one.handle + " " + one.first, one.id);
  const there = document.querySelector('#to option[value="' + one.behind + '"]');
  if (there) there.after(option);
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content;
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
  if (on && !asking) { asking = setInterval(askOnce, 2000); askOnce(); }
  if (!on && asking) { clearInterval(asking); asking = null; }
}

async function askOnce() {
  if (document.hidden || waiting) return;
  waiting = true; // one question at a time, however slow the answer
  try {
    const answer = await fetch(read.dataset.sinceUrl + "?after=" + seq, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) show(await answer.json());
    if (answer.status === 404) leave();
  } catch (error) { /* still away: asked again in two seconds */ }
  waiting = false;
}

// The text was taken back, or the reader's seat was: the page asked for again says so.
function leave() {
  if (!typing()) location.reload();
}

function listen() {
  if (stream || document.hidden) return;
  const url = read.dataset.liveUrl + "&after=" + seq + "&lang=" + document.documentElement.lang;
  stream = new EventSource(url);
  stream.addEventListener("changed", (event) => { show(JSON.parse(event.data)); });
  stream.addEventListener("open", () => { say(true); ask(false); });
  stream.addEventListener("back", () => { say(true); ask(false); });
  stream.addEventListener("away", () => { say(false); ask(true); });
  stream.addEventListener("gone", leave);
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
window.addEventListener("pagehide", () => { if (stream) { stream.close(); stream = null; } });
window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
listen();

// ---- panels in place

async function open(link, chosen) {
  const slot = document.getElementById("panel-" + link.dataset.panel);
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  // Signed out or gone: the whole page says why, better than a piece of it in this place.
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  slot.innerHTML = await answer.text();
  if (chosen) { choose(slot, chosen); withdraw(); }
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
  const chosen = offer && offer.link === link ? offer : null;
  if (link.dataset.panel) open(link, chosen).catch(() => { location.href = link.href; });
  else link.closest(".panel").remove();
});

// ---- a selection becomes a proposal

function wordingNodes(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".m, .br")) nodes.push(walker.currentNode);
  return nodes;
}

// Counted as the server counts: characters, not UTF-16 units, and no white space.
function visible(words) {
  return Array.from(words.replace(/\s/gu, "")).length;
}

// The visible characters of the wording before a point; the label is no wording and is taken off.
function visibleBefore(body, container, offset) {
  let count = -visible(body.dataset.label || "");
  const point = document.createRange();
  point.setStart(container, offset);
  for (const node of wordingNodes(body)) {
    if (node === container) return count + visible(node.textContent.slice(0, offset));
    if (point.comparePoint(node, 0) >= 0) return count;
    count += visible(node.textContent);
  }
  return count;
}

function bodyAround(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element && element.closest(".p[data-propose]");
}

let offer = null;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return; // pressing the link ends the selection: the offer stays
  const range = selection.getRangeAt(0);
  const body = bodyAround(range.startContainer);
  const end = bodyAround(range.endContainer);
  withdraw();
  if (!body || (end && end !== body)) return; // words of one paragraph only
  const start = visibleBefore(body, range.startContainer, range.startOffset);
  // A triple click ends just after the paragraph.
  const last = end ? visibleBefore(body, range.endContainer, range.endOffset) : Infinity;
  if (last <= Math.max(start, 0)) return;
  offer = { body, start, end: last, link: body.parentElement.querySelector(".tools a[data-panel]") };
  offer.link.classList.add("button");
  offer.plain = offer.link.textContent;
  offer.link.textContent = offer.link.dataset.chosen.replace("{words}", shortened(range.toString()));
});

function shortened(words) {
  const listed = words.trim().split(/\s+/u);
  return listed.length > 6 ? listed.slice(0, 3).join(" ") + " … " + listed.slice(-2).join(" ") : listed.join(" ");
}

function withdraw() {
  if (offer) {
    offer.link.classList.remove("button");
    offer.link.textContent = offer.plain;
  }
  offer = null;
}

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
