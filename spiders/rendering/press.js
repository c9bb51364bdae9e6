// Presses what is called `name`: the innermost element whose whole text that is, among them one that is shown.
// `__before` is what was to be read until then: what leads.js would press next must be new.
(name) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, '');
  window.__before = new Set([...document.querySelectorAll('body *')].map((node) => squeeze(node.textContent)));
  const found = [...document.querySelectorAll('body *')].filter((node) => squeeze(node.textContent) === name && !/^(?:SCRIPT|STYLE|OPTION)$/.test(node.tagName));
  const innermost = found.filter((node) => !found.some((other) => other !== node && node.contains(other)));
  const shown = innermost.filter((node) => (node.checkVisibility ? node.checkVisibility() : !!node.offsetParent));
  const node = shown[0] || innermost[0];
  if (!node) return false;
  node.click();
  return true;
}
