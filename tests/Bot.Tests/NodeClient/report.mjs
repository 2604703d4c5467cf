// A whole report with the stock botframework-directlinejs client: node report.mjs <root address> <websocket|polling> <picture>
// A relay cuts the client off while the bot speaks, and the service is killed and started again (whoever runs this reads
// "restart" and answers with a line): each time the client goes on from its watermark, and every message comes once.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import ws from 'ws';
import xhr from 'xhr2';

// xhr2 sends bytes only; a browser's own XMLHttpRequest sends a form as what fetch makes of it.
globalThis.XMLHttpRequest = class extends xhr {
  send(body) {
    if (!(body instanceof FormData)) return super.send(body);
    const form = new Response(body);
    this.setRequestHeader('Content-Type', form.headers.get('content-type'));
    form.arrayBuffer().then(bytes => super.send(bytes), fail);
  }
};
globalThis.WebSocket = ws;
const { DirectLine, ConnectionStatus } = (await import('botframework-directlinejs')).default;

const [root, mode, picture] = process.argv.slice(2);
const polling = mode === 'polling';
const target = new URL(root);
const lines = new Set();
let cut = false;
const relay = net.createServer(client => {
  if (cut) return client.destroy();
  const server = net.connect(Number(target.port), target.hostname);
  client.pipe(server).pipe(client);
  for (const end of [client, server]) end.on('error', () => { client.destroy(); server.destroy(); });
  lines.add(client);
  client.on('close', () => { lines.delete(client); server.destroy(); });
});
const listening = server => new Promise(ready => server.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${server.address().port}`)));
const address = await listening(relay);
const album = await listening(http.createServer((_, answer) => answer.setHeader('content-type', 'image/jpeg').end(fs.readFileSync(picture))));

const pass = await (await fetch(`${address}/chat/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json();
const ids = [];
const said = [];
const own = [];
const waiting = [];
let subscriptions = [];
let line = open({ token: pass.token });

function open(options) {
  const opened = new DirectLine({ domain: `${address}/directline`, webSocket: !polling, pollingInterval: 300, timeout: 10_000, ...options });
  subscriptions = [
    opened.activity$.subscribe(heed, fail, () => fail(new Error('the stream ended'))),
    opened.connectionStatus$.subscribe(status => { if (status > ConnectionStatus.Online) fail(new Error(`connection status ${status}`)); }),
  ];
  return opened;
}

function heed(activity) {
  ids.push(activity.id);
  if (activity.type !== 'message') return;
  (activity.from.role === 'bot' ? said : own).push(activity);
  for (const look of [...waiting]) look();
}

// Over WebSocket the client finds back by itself. A poll that reaches nobody is its last: whoever polls begins again where it stopped.
function goOn() {
  if (!polling) return;
  for (const subscription of subscriptions) subscription.unsubscribe();
  const { token, conversationId, watermark } = line;
  if (!watermark) fail(new Error('no watermark to go on from'));
  line = open({ token, conversationId, watermark });
}

// The next message of the bot, after the ones already read, that has the words in it.
let read = 0;
function heard(part) {
  return new Promise(resolve => {
    const look = () => {
      const at = said.findIndex((activity, i) => i >= read && activity.text.includes(part));
      if (at < 0) return;
      read = at + 1;
      waiting.splice(waiting.indexOf(look), 1);
      resolve(said[at].text);
    };
    waiting.push(look);
    look();
  });
}

// What was not sent is sent again under the same name, as Web Chat does when the person presses it: it counts once.
let posts = 0;
async function post(activity) {
  const named = { type: 'message', from: { id: 'ignored' }, channelData: { clientActivityID: `post-${++posts}` }, ...activity };
  for (let tries = 0; tries < 5; tries++) {
    const id = await new Promise((sent, failed) => line.postActivity(named).subscribe(sent, failed));
    if (id !== 'retry') return id;
  }
  fail(new Error(`not sent: ${activity.text}`));
}

// The same resident in another window, which the cut does not touch.
async function elsewhere(text) {
  const answer = await fetch(new URL(`directline/conversations/${line.conversationId}/activities`, root), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${pass.token}` },
    body: JSON.stringify({ type: 'message', text, from: { id: 'ignored' } }),
  });
  if (!answer.ok) fail(new Error(`the other window got ${answer.status}`));
}

function fail(error) {
  console.error(error.message, JSON.stringify(said.map(activity => activity.text)));
  process.exit(1);
}
setTimeout(() => fail(new Error('took too long')), 300_000).unref();
process.on('unhandledRejection', fail);

await heard('您好');
await post({ text: '3栋2单元楼道灯坏了三天了' });
await heard('照片');
const sent = await post({ attachments: [{ contentType: 'image/jpeg', contentUrl: `${album}/photo`, name: '楼道.jpg' }] });
await heard('照片：1 张');
const kept = await fetch(own.find(activity => activity.id === sent).attachments[0].contentUrl.replace(/^https?:\/\/[^/]+/, address));
if (kept.headers.get('content-type') !== 'image/jpeg') fail(new Error(`the picture came back as ${kept.status} ${kept.headers.get('content-type')}`));

cut = true;
for (const held of lines) held.destroy();
await elsewhere('查进度');
cut = false;
goOn();
await heard('没有正在办理的事');
await heard('请您核对');

console.log('restart');
await once(process.stdin, 'data');
goOn();
await post({ text: '确认提交' });
const receipt = await heard('收到了，编号');
if (new Set(ids).size !== ids.length) fail(new Error('a message came twice'));
console.log(/\d{6}-\d{4}/.exec(receipt)[0]);
process.exit(0);
