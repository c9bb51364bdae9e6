// What stands in the lists of the page, to tell whether a click has brought other items: texts of rows and links, and
// of boxes that hold nothing but words (a clock is none).
() => {
  const LEAST = 5; // characters: shorter ones are menus and page numbers
  const WORDS = /[\u4e00-\u9fff]{6,}/;
  const found = [];
  const gather = (root) => {
    for (const node of root.querySelectorAll('a, li, tr, dd, h3, h4, p')) {
      const text = (node.textContent || '').replace(/\s+/g, '');
      if (text.length >= LEAST && text.length < 300 && !/[上下]一?页|共\d+[页条]/.test(text)) found.push(text + (node.href || ''));
    }
    for (const node of root.querySelectorAll('div, span')) {
      const text = (node.textContent || '').replace(/\s+/g, '');
      if (!node.children.length && WORDS.test(text) && text.length < 300) found.push(text);
    }
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) gather(node.shadowRoot);
      if (node.tagName === 'IFRAME') {
        try { if (node.contentDocument) gather(node.contentDocument); } catch { /* another host's */ }
      }
    }
  };
  gather(document);
  return found;
}
