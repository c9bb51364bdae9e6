// Where items lead that have no address of their own: each is clicked, and where the click would have gone is noted
// at the element and its copy; nothing is followed. At most `want.most` are tried, titles of reports and ways to them
// first. What goes nowhere but asks for something, or brings titles or links that were not there, shows it in its place: that
// place is called after what was pressed, `want.pressed` being what was pressed before. `want.menus`: yes, no (a click
// on one may change what the list's next page is), or only; what they lead to is given back.
// `want.beside`: names of frames that stand beside this page where it is itself one: a click may go there.
// A click may take the list away. Then `lost` is told, the page is loaded anew, and what is in `want.tried` is passed
// over; what an element is called here is written on its copy (`data-lead`).
async (want) => {
  const REPORT = /年报|年度报告|公开.{0,8}报告/;
  const TITLE = /年报|年度报告|公开.{0,8}报告|(?:19|20)\d\d\s*年/;
  const CONTROL = /更多|[上下首尾末]一?[页頁]|加载|查询|搜索|检索|登录|注册|返回|关闭|打印|分享|展开|收起|订阅/;
  const DATE = /^[[(（【]*(?:19|20)\d\d[-./年]\d[\d\-./:月日\])）】]*$/;
  const MENU = /^.{0,12}公开.{0,8}$|年报|年度报告|^.{0,6}(?:部门|乡镇|街道|镇街).{0,4}$/;
  const AGENCY = /^.{1,18}(?:[局厅署院镇乡]|委员会|委|政府|办公室|街道|办事处|中心|开发区)$/;
  const YEAR = /(?:19|20)\d\d/;
  const YEARS = /^(?:19|20)\d\d年?度?$/;
  const SHORTEST = 5, LONGEST = 150; // characters of a title
  const SHORTEST_NAME = 3; // of an agency, among others of its kind
  const SHORTEST_MENU = 2, LONGEST_MENU = 16;
  const MOST_PRESSED = 3; // one after another: menu, column, year
  const VAIN = 3; // so many of a kind lead nowhere, one after another: the others will not either
  const LATER = 40; // ms: a click that asks before it goes
  if (!window.navigation) return { tried: [], found: [], lost: false };
  let led = null;
  const note = (url) => { if (!led && url) { try { led = new URL(url, document.baseURI).href; } catch { /* no address */ } } };
  const hold = (event) => {
    if (!event.formData) note(event.destination.url);
    if (event.cancelable) event.preventDefault();
  };
  const real = window.open;
  const opened = () => ({
    focus() {}, close() {}, closed: false,
    get location() { return { set href(url) { note(url); }, replace: note, assign: note }; },
    set location(url) { note(url); },
  });
  window.open = (url) => { note(url); return opened(); };
  const beside = document.body && window.parent === window ? want.beside.filter((name) => !(name in window)) : [];
  // An empty document tells of no move away from it: each frame is given one of its own first.
  const stood = await Promise.all(beside.map((name) => new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.name = frame.id = name;
    frame.hidden = true;
    frame.onload = () => done(frame);
    frame.srcdoc = '<p></p>';
    document.body.append(frame);
  })));
  const heard = [navigation];
  for (const frame of document.querySelectorAll('iframe')) {
    try { if (frame.contentWindow?.navigation) heard.push(frame.contentWindow.navigation); } catch { /* another host's */ }
  }
  for (const one of heard) one.addEventListener('navigate', hold);
  // A page of one script goes on to draw what it has moved to: it stops where it would move.
  const moves = [history.pushState, history.replaceState];
  const stop = (state, title, url) => { note(url); throw new Error('held'); };
  history.pushState = stop;
  history.replaceState = stop;

  const squeeze = (text) => (text || '').replace(/\s+/g, '');
  const address = (node) => {
    const anchor = node.closest('a[href], area[href]');
    if (!anchor || !/^https?:/.test(anchor.href)) return null;
    return anchor.href.split('#')[0] === location.href.split('#')[0] ? null : anchor.href;
  };
  const seen = window.__seen || { clickable: () => false };
  const clickable = (node) => node.hasAttribute('onclick') || /^\s*javascript:/i.test(node.getAttribute('href') || '') || seen.clickable(node);
  // An item stands among others of its kind; a button stands alone.
  const isOneOfMany = (node) => {
    for (let at = node, level = 0; at.parentElement && level < 3; at = at.parentElement, level += 1) {
      if ([...at.parentElement.children].filter((other) => other.tagName === at.tagName).length > 2) return true;
    }
    return false;
  };
  // What a press has brought to light is no button either, were it the only one of its group.
  const isBrought = (text) => AGENCY.test(text) && !!window.__before && !window.__before.has(text);
  const isMenu = (text) => text.length >= SHORTEST_MENU && text.length <= LONGEST_MENU && MENU.test(text) && !YEAR.test(text);
  const isInMenu = (node) => !YEAR.test(node.textContent)
    && (node.closest('nav, header, aside, [class*="menu" i], [class*="nav" i], [class*="tree" i], [class*="tab" i]:not(table)')
      || [...(node.closest('li, dd, td')?.parentElement || node).children].some((one) => isMenu(squeeze(one.textContent))));
  const isShort = (text, menu) => text.length < SHORTEST && !menu && !YEARS.test(text) && !(text.length >= SHORTEST_NAME && AGENCY.test(text));
  const kinds = { items: [], menus: [], years: [], others: [] };
  for (const node of document.querySelectorAll('a, li, tr, td, div, span, p, dd, dt, h3, h4, h5, button, label, em, strong, b')) {
    const text = squeeze(node.textContent);
    const menu = isMenu(text);
    if (text.length > LONGEST || isShort(text, menu) || DATE.test(text) || node.dataset.leadsTo) continue;
    if (want.menus !== 'yes' && (menu || !!isInMenu(node)) !== (want.menus === 'only')) continue;
    const parts = [...node.children].map((child) => squeeze(child.textContent));
    if (parts.some((part) => part.length > text.length * 0.6 || (part.length >= SHORTEST && TITLE.test(part) && !DATE.test(part)))) continue;
    if (address(node) || node.querySelector('a[href^="http"], a[href^="/"], a[href^="."]')) continue;
    let near = false, far = seen.clickable(document) || seen.clickable(window);
    for (let at = node, level = 0; at; at = at.parentElement, level += 1) {
      if (clickable(at)) { far = true; near = near || level < 3; }
    }
    if (CONTROL.test(text)) continue;
    if (far && YEARS.test(text)) kinds.years.push(node);
    else if (far && TITLE.test(text)) kinds.items.push(node);
    else if (far && menu) kinds.menus.push(node);
    else if (near && (isOneOfMany(node) || isBrought(text))) kinds.others.push(node);
  }
  const waiting = Object.entries(kinds).flatMap(([kind, nodes]) => nodes.map((node) => ({ kind, node, name: squeeze(node.textContent) })));
  const called = {};
  for (const one of waiting) {
    called[one.name] = (called[one.name] || 0) + 1;
    one.key = `${called[one.name]} ${one.name}`;
    window.__shot?.call(one.node, one.key);
  }

  // A box of agencies or years, of which one is chosen: the first other one is tried, and stands for the rest.
  const EVERYTHING = /^(?:全部|所有|不限|各)/;
  const OPEN = /^(?:-*请?选择|=+|$)/;
  const isNamed = (text) => YEARS.test(text) || AGENCY.test(text);
  const reports = [...document.querySelectorAll('a, li, td, dd, p, div, span')].some((node) => node.textContent.length < LONGEST && REPORT.test(node.textContent) && YEAR.test(node.textContent));
  for (const box of want.menus === 'no' ? [] : document.querySelectorAll('select')) {
    const options = [...box.options].map((node) => ({ node, name: squeeze(node.textContent) }));
    const named = options.filter((one) => isNamed(one.name));
    const now = squeeze(box.selectedOptions[0]?.textContent);
    if (named.length < 2 || EVERYTHING.test(now) || (reports && OPEN.test(now))) continue;
    const others = named.filter((one) => !one.node.selected).map((one) => ({ ...one, kind: 'options', key: `option ${one.name}` }));
    if (others.length) waiting.push({ ...others[0], rest: others.slice(1) });
  }

  const framed = () => new Map([...document.querySelectorAll('iframe')].map((frame) => [frame, frame.src]));
  // A layer over the list shows the item in a frame: its address is noted, and the layer's frame goes again.
  const inFrame = (before) => {
    for (const [frame, source] of framed()) {
      if (before.get(frame) === source || !/^https?:/.test(source)) continue;
      note(source);
      if (!before.has(frame)) frame.remove();
    }
  };
  const said = () => [...document.querySelectorAll('a, li, td, dd, p, h2, h3, h4, div, span')]
    .map((node) => squeeze(node.textContent)).filter((text) => text.length >= SHORTEST && text.length < LONGEST && REPORT.test(text));
  const linked = () => [...document.querySelectorAll('a[href]')].map((one) => one.href).filter((url) => /^https?:/.test(url));
  const stated = new Set([...said(), ...linked()]);
  const sources = () => document.querySelectorAll('script[src]').length;
  const [whole] = location.href.split(/#?press:/);
  const place = (text) => `${whole}#press:${[...want.pressed, text].map(encodeURIComponent).join('|')}`;
  const passed = new Set(want.tried);
  const tried = [], found = [], vain = {}, fruitful = new Set(want.fruitful);
  let lost = false;
  for (const { kind, node, name, key, rest } of waiting) {
    if (tried.length + passed.size >= want.most) break;
    if (passed.has(key) || (vain[kind] || 0) >= VAIN) continue;
    if (!node.isConnected) { lost = true; break; }
    led = null;
    const asked = (seen.asked || 0) + sources();
    tried.push(key);
    const before = framed();
    // Not awaited but for an option: what a click sets going shall not come before the next click.
    try { if (kind === 'options') await seen.press(node); else node.click(); } catch { /* the page's own trouble */ }
    inFrame(before);
    if (!led) {
      await new Promise((done) => { setTimeout(done, LATER); });
      inFrame(before);
    }
    const isNew = !(window.__before && window.__before.has(name)) && want.pressed.length < MOST_PRESSED;
    const changed = !led && [...said(), ...linked()].some((text) => !stated.has(text));
    if (!led && isNew && (changed || (seen.asked || 0) + sources() > asked)) led = place(name);
    if (led && led !== location.href) {
      node.dataset.leadsTo = led;
      window.__shot?.leads(node);
      found.push([name, led, key]);
      fruitful.add(kind);
      for (const other of led === place(name) && rest ? rest : []) {
        other.node.dataset.leadsTo = place(other.name);
        found.push([other.name, place(other.name), other.key]);
      }
    } else if (!fruitful.has(kind)) vain[kind] = (vain[kind] || 0) + 1;
    if (changed) { lost = true; break; }
  }
  for (const one of heard) one.removeEventListener('navigate', hold);
  for (const frame of stood) frame.remove();
  window.open = real;
  [history.pushState, history.replaceState] = moves;
  return { tried, found, lost, fruitful: [...fruitful] };
}
