// A whole report with the stock botframework-directlinejs client: node report.mjs <root address> <websocket|polling>
// Over WebSocket the line is cut in the middle, by a relay that drops its connections, and the client finds back by itself.
import net from 'node:net';
import xhr from 'xhr2';
import ws from 'ws';

globalThis.XMLHttpRequest = xhr;
globalThis.WebSocket = ws;
const { DirectLine, ConnectionStatus } = (await import('botframework-directlinejs')).default;

const [root, mode] = process.argv.slice(2);
const target = new URL(root);
const lines = new Set();
const relay = net.createServer(client => {
  const server = net.connect(Number(target.port), target.hostname);
  client.pipe(server).pipe(client);
  for (const end of [client, server]) end.on('error', () => { client.destroy(); server.destroy(); });
  lines.add(client);
  client.on('close', () => lines.delete(client));
});
await new Promise(ready => relay.listen(0, '127.0.0.1', ready));
const address = `http://127.0.0.1:${relay.address().port}`;

const pass = await (await fetch(`${address}/chat/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).json();
const line = new DirectLine({ token: pass.token, domain: `${address}/directline`, webSocket: mode === 'websocket', pollingInterval: 300 });

const said = [];
const waiting = [];
line.activity$.subscribe(activity => {
  if (activity.type !== 'message' || activity.from.role !== 'bot') return;
  said.push(activity);
  for (const look of [...waiting]) look();
}, fail, () => fail(new Error('the stream ended')));
line.connectionStatus$.subscribe(status => { if (status > ConnectionStatus.Online) fail(new Error(`connection status ${status}`)); });

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

const say = text => new Promise((sent, failed) =>
  line.postActivity({ type: 'message', text, from: { id: 'ignored' } }).subscribe(id => id === 'retry' ? failed(new Error('not sent')) : sent(id), failed));

function fail(error) {
  console.error(error.message, JSON.stringify(said.map(activity => activity.text)));
  process.exit(1);
}
setTimeout(() => fail(new Error('took too long')), 90_000).unref();

await heard('您好');
await say('3栋2单元楼道灯坏了三天了');
await heard('照片');
if (mode === 'websocket') for (const cut of lines) cut.destroy();
await say('没有照片');
await heard('请您核对');
await say('确认提交');
const receipt = await heard('收到了，编号');
const ids = said.map(activity => activity.id);
if (new Set(ids).size !== ids.length) fail(new Error('a message came twice'));
console.log(/\d{6}-\d{4}/.exec(receipt)[0]);
process.exit(0);
