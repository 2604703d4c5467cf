// Stands on the platform's side: opens the answers it is given and encrypts the pushes it is given, by the package named first.
// In: JSON { token, key, id, timestamp, nonce, answers: [envelope], pushes: [text], page }. Out: JSON with what came of each.
import { getJsApiSignature, getSignature, decrypt, encrypt } from '@wecom/crypto';
import WXBizMsgCrypt from 'wechat-crypto';

const [name] = process.argv.slice(2);
let text = '';
for await (const part of process.stdin.setEncoding('utf8')) text += part;
const { token, key, id, timestamp, nonce, answers, pushes, page } = JSON.parse(text);

const peers = {
  '@wecom/crypto': receiver => ({
    sign: (time, once, encrypted) => getSignature(token, time, once, encrypted),
    open: encrypted => decrypt(key, encrypted),
    close: message => encrypt(key, message, receiver),
  }),
  'wechat-crypto': receiver => {
    const crypt = new WXBizMsgCrypt(token, key, receiver);
    return { sign: crypt.getSignature.bind(crypt), open: crypt.decrypt.bind(crypt), close: crypt.encrypt.bind(crypt) };
  },
};
const ours = peers[name](id);
const others = peers[name](`${id}x`);

function opened(envelope) {
  const { encrypted, signature, time, once } = envelope.startsWith('{') ? ofJson(JSON.parse(envelope)) : ofXml(envelope);
  if (ours.sign(time, once, encrypted) !== signature) throw new Error(`the signature of an answer is wrong: ${envelope}`);
  const { message, id: receiver } = ours.open(encrypted);
  return { message, receiver };
}

function ofJson({ encrypt: encrypted, msgsignature: signature, timestamp: time, nonce: once }) {
  return { encrypted, signature, time: String(time), once };
}

function ofXml(xml) {
  const field = element => new RegExp(`<${element}>(?:<!\\[CDATA\\[)?([^<\\]]*)(?:\\]\\]>)?</${element}>`).exec(xml)[1];
  return { encrypted: field('Encrypt'), signature: field('MsgSignature'), time: field('TimeStamp'), once: field('Nonce') };
}

function closed(by, message) {
  const encrypted = by.close(message);
  return { encrypted, signature: by.sign(timestamp, nonce, encrypted) };
}

console.log(JSON.stringify({
  opened: answers.map(opened),
  pushed: pushes.map(message => closed(ours, message)),
  foreign: closed(others, pushes[0]),
  plain: ours.sign(timestamp, nonce, ''),
  page: getJsApiSignature({ url: page.url, ticket: page.ticket, nonceStr: nonce, timestamp }).signature,
}));
