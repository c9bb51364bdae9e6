// Uses the control that leads to the next page of a list, whatever it is, and says which it was.
// want.number: the logical page wanted; want.skip: how many candidates have been tried in vain.
(want) => {
  const WORD = /^[\s>›»]*(?:下一?[页頁]|[后後]一?[页頁]|next(?:\s*page)?|下一[条张])[\s>›»]*$/i;
  const SIGN = /^(?:>|›|»|>>|→|▶|▸)$/;
  const MORE = /^(?:[+＋\s]*)(?:点击|點擊)?(?:加载|加載|载入|查看|显示|展开|浏览)?更多(?:\.{2,}|…|内容|信息|数据|\s|[>›»↓])*$|^(?:load|show|view)\s+more\W*$/i;
  const MORE_STRONG = /加载|加載|载入|显示|展开|点击|load|show/i;
  const NEXT_CLASS = /(?:^|[\s_-])(?:next|nextpage|pagenext|page-?next|btn-?next|pnext|p_next)(?:$|[\s_-])/i;
  const OFF_CLASS = /(?:^|[\s_-])(?:is-)?(?:disabled?|nolink|noclick|unclick|unable|invalid|off|gray|grey|dis)(?:$|[\s_-])/i;
  const SHOW = /swiper|carousel|slick|banner|slide|calendar|datepicker|gallery/i;
  const PAGED = /上一?[页頁]|前一?[页頁]|[尾末][页頁]|共.{0,12}[页頁条條]|第.{0,6}[页頁]|\d+\s*\/\s*\d+|prev/i;
  const BACK = '[class*="prev" i], [class*="left" i], [class~="pre" i]';
  const FORTH = '[class*="next" i], [class*="right" i]';
  const LONGEST_PAGER = 400; // characters of text that a pager may have
  const classes = (node) => (typeof node.className === 'string' ? node.className : node.getAttribute('class') || '');
  const squeeze = (text) => (text || '').replace(/[\s\u00a0\u3000]+/g, ' ').trim();
  const shown = (node) => (node.checkVisibility ? node.checkVisibility() : !!node.offsetParent);

  const everything = [];
  const gather = (root) => {
    for (const node of root.querySelectorAll('*')) {
      everything.push(node);
      if (node.shadowRoot) gather(node.shadowRoot);
      if (node.tagName === 'IFRAME') {
        try { if (node.contentDocument) gather(node.contentDocument); } catch { /* another host's */ }
      }
    }
  };
  gather(document);

  const leaf = (node) => squeeze(node.textContent).length <= 12;
  const numberOf = (node) => { const text = squeeze(node.textContent); return /^\d{1,4}$/.test(text) ? +text : null; };
  const pagerOf = (node) => {
    let at = node;
    for (let level = 0; level < 5 && at; level += 1, at = at.parentElement) {
      const text = squeeze(at.textContent);
      if (text.length > LONGEST_PAGER) return null;
      if (at === node) continue;
      const numbers = [...at.querySelectorAll('a, li, span, button, em, b, strong, div, i')].filter((one) => numberOf(one) !== null && !one.children.length);
      // Two arrows around the number of this page, without a word.
      if (numbers.length === 1 && at.querySelector(BACK) && at.querySelector(FORTH)) return at;
      if (numbers.length >= 2 || (PAGED.test(text) && squeeze(node.textContent) !== text)) return at;
    }
    return null;
  };
  const isOff = (node, pager) => {
    for (let at = node; at && at !== pager && at !== document.body; at = at.parentElement) {
      if (at.disabled || at.hasAttribute('disabled') || at.getAttribute('aria-disabled') === 'true') return true;
      if (OFF_CLASS.test(classes(at))) return true;
    }
    return false;
  };
  const inShow = (node) => { for (let at = node; at; at = at.parentElement) if (SHOW.test(`${classes(at)} ${at.id}`)) return true; return false; };

  const candidates = [];
  const offer = (node, how, weight, pager, act) => candidates.push({ node, how, weight, pager, off: isOff(node, pager), act });
  for (const node of everything) {
    if (/^(?:SCRIPT|STYLE|HEAD|HTML|BODY|TITLE|META|LINK|OPTION)$/.test(node.tagName) || !leaf(node) || !shown(node)) continue;
    const text = squeeze(node.tagName === 'INPUT' && /^(?:button|submit|image)$/.test(node.type) ? node.value : node.textContent);
    const said = `${node.getAttribute('aria-label') || ''}|${node.getAttribute('title') || ''}|${node.getAttribute('alt') || ''}`;
    const deepest = ![...node.children].some((child) => squeeze(child.textContent) === text && text);
    if (!deepest || inShow(node)) continue;
    if (WORD.test(text)) offer(node, 'word', 8, pagerOf(node));
    else if (said.split('|').some((one) => WORD.test(one.trim()))) offer(node, 'label', 7, pagerOf(node));
    else if (node.getAttribute('rel') === 'next') offer(node, 'rel', 7, pagerOf(node));
    else if (MORE.test(text) && (MORE_STRONG.test(text) || !/^https?:/.test(node.closest('a')?.href || '')) && !/^https?:[^#]*$/.test(node.closest('a')?.href || '')) {
      offer(node, 'more', 3, null);
    } else {
      const pager = pagerOf(node);
      if (!pager) continue;
      if (SIGN.test(text)) offer(node, 'sign', text.length > 1 || text === '»' ? 4 : 5, pager);
      else if (NEXT_CLASS.test(classes(node)) && !text) offer(node, 'class', 6, pager);
      else if (NEXT_CLASS.test(classes(node)) && !/\d|上|首|尾|末|prev|last|first/i.test(text)) offer(node, 'class', 5, pager);
      else if (!text && !node.children.length && /right|next|forward|arrow/i.test(`${classes(node)} ${node.getAttribute('src') || ''}`)
        && !/left|prev|back/i.test(`${classes(node)} ${node.getAttribute('src') || ''}`)) offer(node, 'icon', 4, pager);
      else if (numberOf(node) === want.number) offer(node, 'number', 4.5, pager);
    }
  }
  for (const box of everything.filter((node) => node.tagName === 'SELECT')) {
    const numbers = [...box.options].map((one) => (/^\s*(?:第\s*)?(\d{1,4})\s*(?:[页頁]|\/\s*\d+\s*[页頁]?)?\s*$/.exec(one.textContent) || [])[1]);
    const at = numbers.findIndex((one) => +one === want.number);
    if (numbers.length < 2 || numbers.some((one) => !one) || +numbers[0] !== 1 || at < 0) continue;
    offer(box, 'select', 4.2, null, () => {
      box.selectedIndex = at;
      for (const kind of ['input', 'change']) box.dispatchEvent(new Event(kind, { bubbles: true }));
    });
  }
  // The pager's own word for where we are: 3/3, 第3页 共3页, or no number above this page's.
  const isLast = (pager) => {
    const text = squeeze(pager.textContent);
    const at = /(\d+)\s*\/\s*(\d+)/.exec(text) || /第\s*(\d+)\s*[页頁].{0,9}共\s*(\d+)\s*[页頁]/.exec(text);
    if (at) return at[1] === at[2];
    const numbers = [...pager.querySelectorAll('*')].filter((one) => !one.children.length).map(numberOf).filter((one) => one !== null);
    return numbers.length >= 2 && Math.max(...numbers) === want.number - 1;
  };
  const seen = window.__seen || {};
  const rank = { word: 0, label: 1 };
  candidates.sort((a, b) => b.weight - a.weight || (rank[a.how] ?? 2) - (rank[b.how] ?? 2));
  const usable = candidates.filter((one) => !one.off);
  const off = candidates.filter((one) => one.off && one.weight >= 4);
  // A control that says it is disabled ends the list, unless another of its kind (a second list's) does not.
  if (off.length && !usable.some((one) => one.weight >= 6)) return { how: off[0].how, state: 'disabled' };
  const chosen = usable[want.skip];
  if (chosen) {
    const node = chosen.node;
    if (chosen.act) chosen.act();
    else {
      const anchor = node.closest('a');
      if (anchor) anchor.removeAttribute('target');
      node.scrollIntoView?.({ block: 'center' });
      for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) {
        node.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true, view: window }));
      }
      node.click();
    }
    return { how: chosen.how, state: 'used' };
  }
  if (want.skip === usable.length && seen.scrolls) {
    window.scrollTo(0, document.documentElement.scrollHeight);
    for (const node of everything) {
      if (node.scrollHeight > node.clientHeight + 20 && node.clientHeight > 100) {
        node.scrollTop = node.scrollHeight;
        node.dispatchEvent(new Event('scroll'));
      }
    }
    window.dispatchEvent(new Event('scroll'));
    return { how: 'scroll', state: 'used' };
  }
  const last = candidates.some((one) => one.pager && isLast(one.pager));
  return { how: candidates.length ? candidates[0].how : '', state: last ? 'disabled' : 'absent' };
}
