// A server that was restarted does not know the old page any more: load it afresh instead of asking the person to.
document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'rejected') location.reload();
});

// The lists in the bar close as people expect of a menu: by a click elsewhere and by Escape.
function closeLists(but) {
  for (const list of document.querySelectorAll('details.pop[open]')) if (list !== but) list.open = false;
}
document.addEventListener('click', event => closeLists(event.target.closest?.('details.pop')));
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  document.querySelector('details.pop[open] > summary')?.focus();
  closeLists();
});
