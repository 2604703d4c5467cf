// A server that was restarted does not know the old page any more: load it afresh instead of asking the person to.
document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'rejected') location.reload();
});
