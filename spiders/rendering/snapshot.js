// The document as it stands: shadow roots written out in place, links as the browser itself resolves them.
// What a click was seen to lead to stands at the element: at its copy too where that came to light afterwards, for
// clicks may change the page (leads.js). `__shot.html()` gives the copy.
// It is copied into a document without scripts, where nothing of it comes alive.
() => {
  const inert = document.implementation.createHTMLDocument('');
  const copies = new WeakMap();
  const leads = (node) => {
    const copy = copies.get(node);
    if (!copy) return;
    for (const name of ['onclick', 'href', 'data-leads-to', 'data-lead']) copy.removeAttribute(name);
    copy.setAttribute(node.tagName === 'A' ? 'href' : 'data-leads-to', node.dataset.leadsTo);
  };
  const call = (node, key) => copies.get(node)?.setAttribute('data-lead', key);
  const write = (node, into) => {
    for (const child of node.childNodes) {
      const copy = inert.importNode(child, false);
      if (child.nodeType === Node.ELEMENT_NODE) {
        copies.set(child, copy);
        if (/^https?:/.test(child.href || '') && copy.hasAttribute('href')) copy.setAttribute('href', child.href);
        if (child.tagName === 'OPTION') copy.toggleAttribute('selected', child.selected);
        if (child.shadowRoot) write(child.shadowRoot, copy);
        if (child.tagName === 'TEMPLATE') write(child.content, copy.content);
        else write(child, copy);
        if (child.dataset?.leadsTo) leads(child);
      }
      into.appendChild(copy);
    }
    return into;
  };
  const root = document.documentElement;
  const whole = root ? write(root, inert.importNode(root, false)) : null;
  window.__shot = { leads, call, html: () => (whole ? whole.outerHTML : '') };
}
