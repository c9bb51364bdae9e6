// Presses what is called `name`: the innermost element whose whole text that is, among them one that is shown; an option
// of a box where nothing else is called so. `__before` is what was to be read until then: what leads.js would press next
// must be new.
async (name) => {
  const squeeze = (text) => (text || '').replace(/\s+/g, '');
  window.__before = new Set([...document.querySelectorAll('body *')].map((node) => squeeze(node.textContent)));
  const found = [...document.querySelectorAll('body *')].filter((node) => squeeze(node.textContent) === name && !/^(?:SCRIPT|STYLE)$/.test(node.tagName));
  const innermost = found.filter((node) => !found.some((other) => other !== node && node.contains(other)));
  const elements = innermost.filter((node) => node.tagName !== 'OPTION');
  const shown = elements.filter((node) => (node.checkVisibility ? node.checkVisibility() : !!node.offsetParent));
  const node = shown[0] || elements[0] || innermost[0];
  if (!node) return false;
  await window.__seen.press(node);
  return true;
}
