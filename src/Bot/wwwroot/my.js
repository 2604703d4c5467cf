// A resident's page that did not recognise the browser: shows it the web chat's token, if there is one, and loads the page again.
'use strict';
(async () => {
  const TRIED = 'wushe.my.tried';
  try {
    const resident = localStorage.getItem('wushe.resident');
    // Once a minute: where cookies are refused, loading again would never end.
    if (!resident || Date.now() - Number(sessionStorage.getItem(TRIED)) < 60000) return;
    sessionStorage.setItem(TRIED, String(Date.now()));
    const answer = await fetch('my/visit', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ resident }),
    });
    if (answer.ok) location.reload();
  } catch (error) {
    // The page says what else can be done.
    console.error(error);
  }
})();
