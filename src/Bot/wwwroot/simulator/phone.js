// The WeChat simulator: sends what the person does to the simulated platform, and draws what happened on the phone and on the line.
'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const phone = document.querySelector('.phone');
  const talk = $('talk');
  const line = $('line');
  const account = phone.dataset.account;
  const root = `dev/wechat/phone/${encodeURIComponent(account)}`;
  const PERSON = 'wushe.simulator.person';
  const NAMES = {
    text: '文字', image: '照片', voice: '语音', video: '视频', location: '位置', click: '点了菜单', view: '打开了链接',
    follow: '关注', unfollow: '取消关注', scan: '扫码', news: '图文', msgmenu: '选项',
  };

  let person = localStorage.getItem(PERSON) ?? someone();
  let events;
  let lastTime = 0;
  const pushes = new Map(); // XML → the list item that holds its deliveries

  function someone() {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const fresh = 'oSim' + [...crypto.getRandomValues(new Uint8Array(24))].map(n => letters[n % letters.length]).join('');
    localStorage.setItem(PERSON, fresh);
    return fresh;
  }

  const make = (tag, attributes = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...children.filter(child => child !== null && child !== undefined));
    return element;
  };

  async function act(what) {
    const answer = await fetch(`${root}/act`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ openId: person, network: $('network').value, twice: $('twice').checked, ...what }),
    });
    if (!answer.ok) grey(`模拟器没有收下：${answer.status}`);
  }

  // ---- the phone ----

  const icon = name => {
    const drawn = $('icons').content.querySelector(`[data-name="${name}"]`).cloneNode(true);
    drawn.setAttribute('class', 'icon');
    drawn.setAttribute('aria-hidden', 'true');
    return drawn;
  };

  function bubble(entry, who) {
    const words = make('div', { className: entry.media || ['location', 'video'].includes(entry.type) ? 'words bare' : 'words' });
    if (entry.media) words.append(make('img', { src: `${root}/media/${entry.media}`, alt: '照片' }));
    else if (entry.url) words.append(card(entry));
    else words.append(...spoken(entry));
    for (const choice of entry.choices ?? [])
      words.append(make('button', {
        type: 'button', className: 'choice', textContent: choice.content,
        onclick: () => act({ kind: 'text', text: choice.content, choice: choice.id }),
      }));
    if (entry.tail) words.append(make('p', { textContent: entry.tail }));
    when(entry.id);
    add(talk, make('li', { className: who }, words));
  }

  // The time stands above what comes after a pause, as on the real phone.
  function when(time) {
    if (time - lastTime > 5 * 60_000) add(talk, make('li', { className: 'grey', textContent: clock(new Date(time)) }));
    lastTime = time;
  }

  const clock = time => time.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });

  function spoken(entry) {
    if (entry.type === 'voice') {
      const seconds = Math.max(1, Math.round(entry.text.length / 4));
      return [make('p', { className: 'sound' }, `${seconds}″`, icon('sound')), make('p', { className: 'heard', textContent: entry.text || '（没听清）' })];
    }
    if (entry.type === 'location')
      return [make('div', { className: 'place' }, make('p', { textContent: entry.text || '位置' }), make('div', { className: 'map' }, icon('pin')))];
    if (entry.type === 'video') return [make('div', { className: 'film', role: 'img', ariaLabel: '视频' }, icon('film'))];
    return [make('p', {}, ...linked(entry.text))];
  }

  // WeChat shows <a href="…">words</a> within text as a link, and nothing else of HTML.
  function linked(text) {
    const parts = [];
    let rest = text;
    for (let found; (found = /<a href="(https?:\/\/[^"]+)">([^<]*)<\/a>/.exec(rest));) {
      parts.push(rest.slice(0, found.index), make('a', { href: found[1], textContent: found[2], target: '_blank', rel: 'noopener' }));
      rest = rest.slice(found.index + found[0].length);
    }
    return [...parts, rest];
  }

  function card(entry) {
    const [title, ...more] = entry.text.split('\n');
    const safe = /^https?:/.test(entry.url);
    return make('a', { className: 'card', target: '_blank', rel: 'noopener', ...(safe ? { href: entry.url } : {}) },
      make('b', { textContent: title }), make('span', { textContent: more.join('\n') }));
  }

  function grey(text) {
    add(talk, make('li', { className: 'grey', textContent: text }));
  }

  function add(list, item) {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const toEnd = () => { list.scrollTop = list.scrollHeight; };
    list.append(item);
    if (!atEnd) return;
    toEnd();
    // A picture has no height before it is there.
    for (const picture of item.querySelectorAll('img')) picture.addEventListener('load', toEnd);
  }

  // ---- the line behind it ----

  function block(title, text) {
    return make('div', {}, make('h4', { textContent: title }), make('pre', {}, ...coloured(text || '（空）')));
  }

  const coloured = text => text.split(/(<\/?[A-Za-z][\w]*>|<!\[CDATA\[|\]\]>)/).filter(Boolean)
    .map(part => (/^(<|\]\]>)/.test(part) ? make('span', { className: 'tag', textContent: part }) : part));

  function pushed(entry) {
    const { exchange, same } = entry;
    let item = pushes.get(entry.xml);
    if (!item) {
      const again = make('button', { type: 'button', className: 'again', textContent: '再送一次', onclick: () => act({ again: entry.xml, network: '', twice: false }) });
      item = make('li', { className: 'push' }, make('div', { className: 'head' }, make('b', { textContent: `微信 → 本服务　${typeOf(entry.xml)}` }), again),
        block('居民做的事（解密后的 XML）', entry.xml));
      pushes.set(entry.xml, item);
      add(line, item);
    }
    const told = exchange.problem ? `没有回答：${exchange.problem}`
      : same === true ? '回答和上次一样' : same === false ? '回答和上次不一样！' : '已回答';
    const details = make('details', { className: exchange.problem || same === false ? 'bad' : 'good', open: !exchange.problem && same === null },
      make('summary', { textContent: `第 ${exchange.attempt} 次送达 · ${told} · ${exchange.milliseconds} 毫秒` }),
      block('回答（解密后的 XML）', exchange.answer ?? exchange.received),
      block(`线上的请求　POST ${exchange.address}`, exchange.sent),
      block(`线上的回答　${exchange.status || '无'}`, exchange.received));
    item.append(details);
    line.scrollTop = line.scrollHeight;
    if (exchange.problem) grey(`第 ${exchange.attempt} 次送达没有得到回答`);
    else if (same === true) grey('微信又送了一次，回答和上次一样');
    else if (same === false) grey('微信又送了一次，回答变了！');
  }

  const typeOf = xml => {
    const value = name => new RegExp(`<${name}><!\\[CDATA\\[(.*?)\\]\\]>`, 's').exec(xml)?.[1] ?? '';
    return [value('MsgType'), value('Event'), value('EventKey')].filter(Boolean).join(' ');
  };

  function called(entry) {
    let body = entry.body;
    try { body = JSON.stringify(JSON.parse(body), null, 2); } catch { /* Shown as it came. */ }
    add(line, make('li', { className: entry.code === 0 ? 'call' : 'call bad' },
      make('div', { className: 'head' }, make('b', { textContent: `本服务 → 微信　${entry.path.replace(/^.*(?=\/cgi-bin)/, '')}` }),
        make('span', { textContent: entry.code === 0 ? '成功' : `拒绝 ${entry.code}` })),
      make('details', {}, make('summary', { textContent: '报文' }), block('JSON', body))));
  }

  function happened(entry) {
    if (entry.kind === 'push') return pushed(entry);
    if (entry.kind === 'call') return called(entry);
    if (entry.kind === 'typing') { $('typing').hidden = entry.text !== 'Typing'; return; }
    if (entry.kind === 'notice') return grey(entry.text);
    if (entry.kind === 'bot') { $('typing').hidden = true; return bubble(entry, 'bot'); }
    if (['follow', 'unfollow', 'click', 'view', 'scan'].includes(entry.type)) return grey([NAMES[entry.type], entry.text].filter(Boolean).join('：'));
    bubble(entry, 'me');
  }

  function listen() {
    events?.close();
    talk.replaceChildren();
    line.replaceChildren();
    pushes.clear();
    lastTime = 0;
    $('openid').textContent = person;
    events = new EventSource(`${root}/events?openid=${person}`);
    events.onmessage = message => happened(JSON.parse(message.data));
  }

  // ---- what can be done ----

  function show(pane) {
    for (const each of document.querySelectorAll('.pane')) each.hidden = each.id !== pane || !each.hidden;
    document.querySelector('.pane:not([hidden]) input, .pane:not([hidden]) select')?.focus();
  }

  function form(id, send) {
    $(id).addEventListener('submit', event => {
      event.preventDefault();
      const fields = event.target.elements;
      if (!send(fields)) return;
      for (const field of event.target.querySelectorAll('input')) field.value = '';
      if (event.target.classList.contains('pane')) show('');
    });
  }

  async function menu() {
    const answer = await fetch(`${root}/menu?staff=${$('staff')?.checked ?? false}`);
    if (!answer.ok) return;
    const { button } = await answer.json();
    $('menu').replaceChildren(...(button ?? []).map(top => make('button', {
      type: 'button',
      textContent: top.sub_button?.length ? `≡ ${top.name}` : top.name,
      onclick: () => (top.sub_button?.length ? unfold(top.sub_button) : tapped(top)),
    })));
  }

  function unfold(buttons) {
    const hidden = $('choices').hidden;
    $('choices').replaceChildren(...buttons.map(each => make('button', { type: 'button', textContent: each.name, onclick: () => { show(''); tapped(each); } })));
    $('choices').hidden = true;
    if (hidden) show('choices');
  }

  function tapped(button) {
    if (button.type === 'view') {
      window.open(button.url, '_blank', 'noopener');
      return act({ kind: 'view', text: button.url });
    }
    return act({ kind: 'click', text: button.key });
  }

  async function picture(file) {
    const answer = await fetch(`${root}/media`, { method: 'POST', headers: { 'Content-Type': file.type || 'image/jpeg' }, body: file });
    if (!answer.ok) return grey('照片太大了，最多 10 MB');
    return act({ kind: 'image', media: (await answer.json()).media });
  }

  const place = () => {
    const { place: chosen, point, label } = $('places').elements;
    point.value = chosen.value;
    label.value = chosen.value ? chosen.selectedOptions[0].textContent : '';
  };

  for (const spot of document.querySelectorAll('[data-icon]')) spot.prepend(icon(spot.dataset.icon));
  const tick = () => { $('clock').textContent = clock(new Date()); };
  tick();
  setInterval(tick, 10_000);
  form('say', ({ words }) => words.value.trim() && act({ kind: 'text', text: words.value }));
  form('voices', ({ words }) => act({ kind: 'voice', text: words.value }));
  form('scans', ({ scene }) => act({ kind: 'scan', text: scene.value }));
  form('places', ({ point, label }) => {
    const [latitude, longitude] = point.value.split(/[,，]/).map(Number);
    return Number.isFinite(latitude) && Number.isFinite(longitude) && act({ kind: 'location', latitude, longitude, text: label.value });
  });
  $('places').elements.place.addEventListener('change', place);
  for (const button of document.querySelectorAll('[data-pane]'))
    button.addEventListener('click', () => { show(button.dataset.pane); if (button.dataset.pane === 'places') place(); });
  for (const button of document.querySelectorAll('[data-kind]')) button.addEventListener('click', () => act({ kind: button.dataset.kind }));
  $('photo').addEventListener('click', () => $('file').click());
  $('file').addEventListener('change', event => { for (const file of event.target.files) picture(file); event.target.value = ''; });
  $('staff')?.addEventListener('change', menu);
  $('account').addEventListener('change', event => { location.search = `?account=${encodeURIComponent(event.target.value)}`; });
  $('somebody').addEventListener('click', () => { person = someone(); listen(); });

  // A printed code of the simulated platform leads here: opening it is scanning it.
  function scanned() {
    const scene = new URLSearchParams(location.search).get('scene');
    if (!scene) return;
    history.replaceState(null, '', `${location.pathname}?account=${encodeURIComponent(account)}`);
    act({ kind: 'scan', text: scene });
  }

  if (!account) grey('没有可以模拟的公众号：请用固定的端口启动，或在设置里写一个账号。');
  else { listen(); menu(); scanned(); }
})();
