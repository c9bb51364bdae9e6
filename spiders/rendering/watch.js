// Runs before the page's own scripts: tells when the page has come to rest, and opens what is closed to readers.
(() => {
  const SHORT = 3000; // ms: a list that comes later than this is not waited for
  const SOON = 40; // ms: a box that asks for its list when another one is chosen has asked by then
  const DEPTH = 2; // a timer set by a timer set by a timer is an animation
  let changed = performance.now();
  let depth = 0;
  const waiting = new Set();
  const touched = () => { changed = performance.now(); };

  const setLater = window.setTimeout;
  const dropLater = window.clearTimeout;
  window.setTimeout = function (work, delay, ...rest) {
    const level = depth + 1;
    const run = function (...given) {
      waiting.delete(id);
      const before = depth;
      depth = level;
      try {
        return typeof work === 'function' ? work.apply(this, given) : window.eval(String(work));
      } finally {
        depth = before;
      }
    };
    const id = setLater.call(window, run, delay, ...rest);
    if (level <= DEPTH && (delay || 0) <= SHORT) waiting.add(id);
    return id;
  };
  window.clearTimeout = (id) => { waiting.delete(id); return dropLater.call(window, id); };

  const roots = new WeakSet();
  const watch = (root) => {
    if (roots.has(root)) return;
    roots.add(root);
    new MutationObserver(touched).observe(root, { subtree: true, childList: true, characterData: true });
  };
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, { ...how, mode: 'open' });
    watch(root);
    return root;
  };

  const listeners = new WeakMap();
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (kind === 'click' || kind === 'scroll') listeners.set(this, [...(listeners.get(this) || []), kind]);
    if (kind === 'scroll') seen.scrolls = true;
    return listen.call(this, kind, ...rest);
  };
  const Observer = window.IntersectionObserver;
  window.IntersectionObserver = class extends Observer {
    constructor(...given) { super(...given); seen.scrolls = true; }
  };

  // Requests of the page's scripts: a click that makes one, and leads nowhere, shows something in its own place.
  // While one is under way the page is not at rest, however slow the machine is.
  let underWay = 0;
  const ended = () => { underWay -= 1; touched(); };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given) {
    seen.asked += 1;
    underWay += 1;
    this.addEventListener('loadend', ended, { once: true });
    try { return send.apply(this, given); } catch (error) { ended(); throw error; }
  };
  const get = window.fetch;
  if (get) {
    window.fetch = function (...given) {
      seen.asked += 1;
      underWay += 1;
      const answer = get.apply(this, given);
      answer.then(ended, ended);
      return answer;
    };
  }

  const seen = {
    scrolls: false,
    asked: 0,
    // Milliseconds since the last change; null while something short is still to come.
    quiet: () => (document.readyState === 'complete' && !waiting.size && underWay <= 0 ? performance.now() - changed : null),
    // A click; an option is chosen, and where its box alone asks for nothing, the button of the query is pressed.
    press: async (node) => {
      if (node.tagName !== 'OPTION') return node.click();
      const box = node.closest('select');
      const before = seen.asked;
      box.value = node.value;
      node.selected = true;
      for (const kind of ['input', 'change']) box.dispatchEvent(new Event(kind, { bubbles: true }));
      await new Promise((done) => { setLater.call(window, done, SOON); });
      if (seen.asked > before) return undefined;
      const QUERY = /^(?:查\s*询|搜\s*索|检\s*索|查\s*看|确\s*定|筛\s*选|GO)$/i;
      const buttons = [...document.querySelectorAll('button, a, input[type=button], input[type=submit], span, div, li')];
      const query = buttons.filter((one) => QUERY.test((one.value || one.textContent || '').trim()));
      for (let at = box; at; at = at.parentElement) {
        const near = query.find((one) => at.contains(one));
        if (near) return near.click();
      }
      return undefined;
    },
    clickable: (node) => (listeners.get(node) || []).includes('click') || typeof node.onclick === 'function',
  };
  Object.defineProperty(window, '__seen', { value: seen });
})();
