// What stands in the lists of the page, to tell whether a click has brought other items: texts of rows and links.
() => {
  const LEAST = 5; // characters: shorter ones are menus and page numbers
  const found = [];
  const gather = (root) => {
    for (const node of root.querySelectorAll('a, li, tr, dd, h3, h4, p')) {
      const text = (node.textContent || '').replace(/\s+/g, '');
      if (text.length >= LEAST && text.length < 300 && !/[上下]一?页|共\d+[页条]/.test(text)) found.push(text + (node.href || ''));
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
