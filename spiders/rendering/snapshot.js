// The document as it stands: shadow roots written out in place, links as the browser itself resolves them.
// What a click was seen to lead to stands at the element.
// It is copied into a document without scripts, where nothing of it comes alive.
() => {
  const inert = document.implementation.createHTMLDocument('');
  const write = (node, into) => {
    for (const child of node.childNodes) {
      const copy = inert.importNode(child, false);
      if (child.nodeType === Node.ELEMENT_NODE) {
        if (/^https?:/.test(child.href || '') && copy.hasAttribute('href')) copy.setAttribute('href', child.href);
        if (child.tagName === 'OPTION') copy.toggleAttribute('selected', child.selected);
        if (child.shadowRoot) write(child.shadowRoot, copy);
        if (child.tagName === 'TEMPLATE') write(child.content, copy.content);
        else write(child, copy);
        if (child.dataset?.leadsTo) {
          for (const name of ['onclick', 'href', 'data-leads-to']) copy.removeAttribute(name);
          copy.setAttribute(child.tagName === 'A' ? 'href' : 'data-leads-to', child.dataset.leadsTo);
        }
      }
      into.appendChild(copy);
    }
    return into;
  };
  const root = document.documentElement;
  return { html: root ? write(root, inert.importNode(root, false)).outerHTML : '' };
}
