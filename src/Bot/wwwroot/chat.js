// The web chat: gets a pass for this browser's resident, draws the stock Web Chat with it, and starts over when the line is lost for good.
'use strict';
(() => {
  const photo = document.getElementById('photo');
  const place = document.getElementById('place');
  const ownCases = document.getElementById('mine');
  const bar = document.getElementById('bar');
  const main = document.getElementById('chat');
  const RESIDENT = 'wushe.resident';
  const LOST = 3; // Direct Line: 3 token expired, 4 could not connect, 5 ended. Below that it is connecting or online.

  let current;          // the connection on the screen: { directLine, store }
  let connecting = false;
  let lastTry = 0;

  const remembered = () => { try { return localStorage.getItem(RESIDENT); } catch { return null; } };
  const remember = resident => { try { localStorage.setItem(RESIDENT, resident); } catch { /* Private window: the chat lasts as long as the page. */ } };

  async function pass() {
    const answer = await fetch('chat/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      signal: AbortSignal.timeout?.(15000),
      body: JSON.stringify({ resident: remembered() ?? current?.resident ?? null }),
    });
    if (!answer.ok) throw new Error(`chat/token: ${answer.status}`);
    const given = await answer.json();
    if (given.resident) remember(given.resident);
    return given;
  }

  function say(text, canReconnect) {
    bar.querySelector('span').textContent = text;
    bar.querySelector('button').hidden = !canReconnect;
    bar.hidden = !text;
  }

  async function connect() {
    if (connecting) return;
    connecting = true;
    lastTry = Date.now();
    try {
      if (!window.WebChat) throw new Error('Web Chat did not load');
      draw(await pass());
      say('');
    } catch (error) {
      console.error(error);
      say('连不上社区服务。请看看手机有没有网，再点“重新连接”。', true);
    } finally {
      connecting = false;
    }
  }

  function draw(given) {
    const typed = current && unsent(current.store.getState());
    const directLine = window.WebChat.createDirectLine({
      domain: new URL(given.domain, document.baseURI).href.replace(/\/$/, ''),
      token: given.token,
      conversationStartProperties: { locale: 'zh-CN' },
    });
    // No conversationId: starting again with a pass for a running conversation joins it and plays all of it back.
    const mine = { directLine, resident: given.resident };
    const lost = () => { if (current === mine) again(); };
    // When the server does not know the conversation any more, this client stops listening but still calls itself online.
    const resume = directLine.reconnectToConversation.bind(directLine);
    directLine.reconnectToConversation = () => resume().do({ error: lost });
    mine.store = window.WebChat.createStore({}, () => next => action => {
      const result = next(action);
      if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') begin(mine, action.payload.activity);
      return result;
    });
    if (typed) mine.store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text: typed } });

    const before = current;
    current = mine;
    before?.directLine.end();
    const element = document.createElement('div');
    element.className = 'webchat';
    main.replaceChildren(element);
    window.WebChat.renderWebChat({
      directLine, store: mine.store, locale: 'zh-CN', styleOptions: look, overrideLocalizedStrings: words,
    }, element);
    directLine.connectionStatus$.subscribe(status => { if (status >= LOST) lost(); });
    photo.hidden = false;
    place.hidden = !(window.isSecureContext && navigator.geolocation);
  }

  // What a lost line must not swallow: words being typed, else the last ones that were not sent. Back into the box, not sent twice.
  function unsent({ sendBoxValue, activities }) {
    const failed = activities.filter(a => ['sending', 'send failed'].includes(a.channelData?.['webchat:send-status']));
    return sendBoxValue || failed.pop()?.text;
  }

  // One quiet attempt; when the line was lost a moment ago already, the resident decides.
  function again() {
    if (Date.now() - lastTry > 30000) connect();
    else say('连接断开了。点“重新连接”接着聊。', true);
  }

  // The start page's buttons lead to chat?topic=…: said once the greeting is there, and only words of our own menu.
  function begin(mine, activity) {
    if (activity.type !== 'message' || activity.from.role === 'user') return;
    const topic = new URLSearchParams(location.search).get('topic');
    if (!topic) return;
    history.replaceState(null, '', location.pathname);
    if (JSON.parse(main.dataset.topics).includes(topic))
      mine.store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text: topic, method: 'suggestedAction' } });
  }

  // The pages of this resident's own cases know the browser by a cookie, which it gets for the token that the chat keeps.
  async function openOwnCases(event) {
    event.preventDefault();
    try {
      await fetch('my/visit', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        signal: AbortSignal.timeout?.(15000),
        body: JSON.stringify({ resident: current?.resident ?? remembered() }),
      });
    } catch (error) {
      // The page says what else can be done.
      console.error(error);
    }
    location.href = event.target.href;
  }

  function sendPlace() {
    place.disabled = true;
    say('正在看您在哪里…', false);
    navigator.geolocation.getCurrentPosition(found => {
      place.disabled = false;
      say('');
      const { latitude, longitude, accuracy } = found.coords;
      current.store.dispatch({
        type: 'WEB_CHAT/SEND_MESSAGE',
        payload: {
          text: '[位置]',
          method: 'keyboard',
          channelData: { location: { latitude, longitude, datum: 'wgs84', label: `手机定位，误差约${Math.round(accuracy)}米` } },
        },
      });
    }, () => {
      place.disabled = false;
      say('没有拿到您的位置。您可以打字告诉我们，比如“3栋2单元”。', false);
    }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  }

  const fonts = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "HarmonyOS Sans SC", sans-serif';
  const look = {
    primaryFont: fonts,
    accent: '#1d5547',
    subtle: '#5c554c',
    backgroundColor: '#fbf7ef',
    fontSizeSmall: '95%',
    paddingRegular: 12,
    bubbleBackground: '#ffffff',
    bubbleBorderColor: '#e4dccd',
    bubbleBorderRadius: 14,
    bubbleTextColor: '#26221d',
    bubbleFromUserBackground: '#dcece4',
    bubbleFromUserBorderColor: '#c3dccf',
    bubbleFromUserBorderRadius: 14,
    bubbleFromUserTextColor: '#16302a',
    bubbleMinWidth: 60,
    bubbleMaxWidth: 520,
    bubbleMinHeight: 48,
    emojiSet: false,
    uploadAccept: 'image/*',
    sendAttachmentOn: 'attach',
    suggestedActionLayout: 'flow',
    suggestedActionHeight: 52,
    suggestedActionBorderRadius: 26,
    suggestedActionBorderWidth: 2,
    suggestedActionBorderColor: '#1d5547',
    suggestedActionTextColor: '#1d5547',
    suggestedActionBackgroundColorOnHover: '#e8f1ec',
    suggestedActionKeyboardFocusIndicatorBorderColor: '#b4472c',
    suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
    suggestedActionKeyboardFocusIndicatorBorderWidth: 2,
    sendBoxHeight: 60,
    sendBoxTextWrap: true,
    sendBoxBorderTop: 'solid 1px #ddd3c1',
    sendBoxPlaceholderColor: '#6b6257',
    sendBoxButtonColor: '#1d5547',
    sendBoxButtonColorOnDisabled: '#8a8378',
    sendBoxButtonKeyboardFocusIndicatorBorderColor: '#b4472c',
    sendBoxButtonKeyboardFocusIndicatorBorderWidth: 2,
    timestampColor: '#5c554c',
    transcriptTerminatorFontSize: 17,
    connectivityTextSize: '95%',
    transcriptActivityVisualKeyboardIndicatorColor: '#b4472c',
    scrollToEndButtonFontSize: '95%',
    toastFontSize: '95%',
    bubbleImageHeight: 260,
    maxMessageLength: 2000,
  };

  // Plainer than the stock translation, and the labels that it leaves in English.
  const words = {
    TEXT_INPUT_PLACEHOLDER: '在这里打字',
    TEXT_INPUT_ALT: '在这里打字',
    TEXT_INPUT_UPLOAD_BUTTON_ALT: '发照片',
    TEXT_INPUT_DROP_ZONE: '把照片放到这里',
    TEXT_INPUT_LENGTH_EXCEEDED_ALT: '字数太多了',
    TEXT_INPUT_TELEPHONE_KEYPAD_BUTTON_ALT: '数字键盘',
    TELEPHONE_KEYPAD_INPUT_MESSAGE: '一次只能按一个数字',
    TEXT_INPUT_ATTACHMENTS_ONE: '1 张照片',
    TEXT_INPUT_ATTACHMENTS_TWO: '$1 张照片',
    TEXT_INPUT_ATTACHMENTS_FEW: '$1 张照片',
    TEXT_INPUT_ATTACHMENTS_MANY: '$1 张照片',
    TEXT_INPUT_ATTACHMENTS_OTHER: '$1 张照片',
    SUGGESTED_ACTIONS_LABEL_ALT: '可以点的回答',
    ACTIVITY_BOT_SAID_ALT: '社区助手说：',
    ACTIVITY_BOT_ATTACHED_ALT: '社区助手发来：',
    ACTIVITY_YOU_ATTACHED_ALT: '您发了：',
    CONNECTIVITY_STATUS_ALT_FATAL: '连接断开了。',
    TRANSCRIPT_NEW_MESSAGES: '有新消息',
  };

  bar.querySelector('button').addEventListener('click', connect);
  // The stock button is a paper clip, which not everybody reads as a picture: ours has the word on it and opens the same picker.
  photo.addEventListener('click', () => main.querySelector('input[type=file]')?.click());
  place.addEventListener('click', sendPlace);
  ownCases.addEventListener('click', openOwnCases);
  window.addEventListener('online', () => { if (!bar.hidden) connect(); });
  window.addEventListener('pageshow', event => { if (event.persisted) connect(); });
  connect();
})();
