// The one ES module. What pages and handlers owe it is written in src/assets.rs.
const PAUSE_MS = 120, SILENCE_MS = 100, RAPID_MS = 35, PATIENCE_MS = 20000, ORPHAN_MS = 30000, RETRY_MS_MAX = 15000, TRIES = 3;
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const box = one('[data-box]'), touch = matchMedia('(pointer: coarse)').matches;
const modal = () => all('[data-modal]').filter(part => !part.closest('[hidden]')).at(-1);
const typing = () => document.activeElement?.matches('input, select, textarea') ? document.activeElement : null;
const login = document.body.dataset.login, leave = () => location.assign(login);

// 1. An answer is a list of elements with ids; each replaces its namesake.
let seen = -1, whole = '';
function swap(markup, streamed) {
  const template = document.createElement('template'), swapped = [];
  let fits = true;
  template.innerHTML = markup;
  for (const fresh of [...template.content.children]) {
    const old = fresh.id && document.getElementById(fresh.id), focused = old?.contains(document.activeElement);
    if (!old || old.contains(box) || streamed && focused && typing()) continue; // never the input under the fingers
    const { since } = fresh.dataset; // its rows say what changed since those of this name
    if (since && since !== old.dataset.rows) { fits = false; continue; }
    const loud = fresh.matches('[role=alert]'), same = !loud && old.isEqualNode(fresh);
    const merges = fresh.matches('[data-merge]') && old.tagName === fresh.tagName, part = same || merges ? old : fresh;
    if (same); // a finger on its way down would lose its button
    else if (merges) merge(old, fresh); else old.replaceWith(fresh);
    if (loud && (!streamed || fresh.id === 'note')) beep(); // a stream's note is what a serial scanner did
    swapped.push({ part, same, focused });
  }
  for (const { part, same, focused } of swapped) { // after all of them: each question for a place lays the page out anew
    one('[aria-selected=true], .chosen', part)?.scrollIntoView({ block: 'nearest' });
    const wants = one('[autofocus]', part);
    if (wants && !(streamed && (same || typing()))) wants.focus();
    else if (focused && !part.contains(document.activeElement)) home();
  }
  box?.setAttribute('aria-expanded', Boolean(one('#results [role=option]')));
  reach();
  return fits;
}
function merge(old, fresh) { // rows that stay the same are not laid out anew: for a hundred that takes 20 ms
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const before = [...old.children], parts = [...fresh.children];
  parts.forEach((part, place) => {
    const at = before[place], isList = part.matches('table, tbody') && at?.tagName === part.tagName;
    if (at && 'same' in part.dataset) return;
    if (!at) old.append(part); else if (!at.isEqualNode(part)) isList ? merge(at, part) : at.replaceWith(part);
  });
  before.slice(parts.length).forEach(part => part.remove());
}
function reach() { // what scrolls sideways is scrolled by keys, too
  for (const part of all('.table, .chart')) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0; else part.removeAttribute('tabindex');
  }
}
addEventListener('resize', reach);
reach();
function take(markup, number, streamed) {
  if (streamed && number <= seen) return; // the counter gets each change twice
  const fits = swap(markup, streamed);
  if (streamed) whole = markup; else if (number < seen) swap(whole, true); // the stream overtook this answer
  if (fits && number > seen) seen = number; // what did not fit comes whole by the stream
}
function home() { // on touch screens the focus would raise the keyboard
  if (!touch) (modal() ? one('[autofocus], input, button', modal()) : box)?.focus();
}
function beep() { // where there is no loudspeaker, the note alone says it
  const sound = new AudioContext(), tone = new OscillatorNode(sound, { frequency: 220 });
  tone.connect(sound.destination);
  tone.onended = () => sound.close();
  tone.start();
  tone.stop(sound.currentTime + 0.5);
}

// 2. Requests leave one at a time, in order, and lie in localStorage until answered: one key each, because all windows
// of an origin share the store. A window sends its own, so that it hears the answers, and what others left behind: the
// server knows each op id. A page before the login sends nothing.
const waiting = () => Object.keys(localStorage).filter(key => key.startsWith('op:')).sort();
let last = Number(waiting().at(-1)?.split(':')[1] ?? 0), draining = false, failures = 0, wake = () => {};
const own = new Set(waiting()), mine = key => own.has(key) || Date.now() - key.split(':')[1] > ORPHAN_MS;
function post(path, fields) {
  const body = new URLSearchParams(fields), sale = one('[data-sale]')?.dataset.sale;
  if (sale && !body.has('sale_id')) body.set('sale_id', sale);
  const next = body.get('to_sale_id'); // what is scanned before the answer belongs to the cart that was asked for
  if (sale && next) one('[data-sale]').dataset.sale = next;
  const op = Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0'));
  last = Math.max(Date.now(), last + 1);
  const key = `op:${String(last).padStart(15, '0')}:${op.join('')}`;
  own.add(key);
  localStorage.setItem(key, JSON.stringify({ path, body: String(body) }));
  show(document.documentElement.dataset.link);
  drain();
}
function ask(path, body, headers) { // a fetch hands its answer over in two steps, which takes a millisecond more
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const name in headers) request.setRequestHeader(name, headers[name]);
    request.timeout = PATIENCE_MS;
    request.onload = () => resolve(request);
    request.onerror = request.onabort = request.ontimeout = reject;
    request.send(body);
  });
}
async function drain() {
  if (draining || !login) return;
  draining = true;
  for (let key; (key = waiting().find(mine));) {
    if (!localStorage.getItem(key)) continue; // another window was faster
    const request = JSON.parse(localStorage.getItem(key)), late = setTimeout(() => failures || show('slow'), 1000);
    let status = 0;
    try {
      const answer = await ask(request.path, request.body, {
        'content-type': 'application/x-www-form-urlencoded', 'accept': 'text/html',
        'x-op-id': key.split(':')[2], 'x-rows': one('[data-rows]')?.dataset.rows ?? '', 'x-csrf': one('meta[name=csrf]')?.content ?? '',
      });
      status = answer.status;
      if (status === 401) return leave(); // to the PIN; the queue stays
      if (status < 500 && status !== 429) {
        localStorage.removeItem(key);
        failures = 0;
        show();
        if (answer.responseURL !== new URL(request.path, location).href) return location.assign(answer.responseURL);
        take(answer.responseText, Number(answer.getResponseHeader('x-state') ?? NaN), false);
        continue;
      }
    } catch { /* no answer: the request stays and goes again */ } finally { clearTimeout(late); }
    show('lost');
    if (++failures >= TRIES && status >= 500) offer(key, request);
    await new Promise(done => { wake = done; setTimeout(done, Math.min(250 * 2 ** failures, RETRY_MS_MAX)); });
  }
  draining = false;
}
function show(link = '') { // '', 'slow' or 'lost'
  const banner = one('#waiting'), choice = one('#choice');
  document.documentElement.dataset.link = link;
  for (const button of all(link === 'lost' ? '[data-fresh]:enabled' : '[data-held]')) {
    button.disabled = button.toggleAttribute('data-held', link === 'lost');
  }
  if (choice && !link) choice.hidden = true;
  if (banner) banner.hidden = !link;
  if (banner && link) banner.textContent = banner.dataset[link].replace('{n}', waiting().length);
}
function offer(key, request) { // so that one bad request never blocks the counter
  const choice = one('#choice');
  if (!choice) return;
  choice.hidden = false;
  choice.dataset.key = key;
  one('output', choice).textContent = `${request.path} ${decodeURIComponent(request.body)}`;
}

// 3. Buttons say what they do: data-post.
function press(button) {
  const fields = new FormData(button.form ?? undefined);
  if (button.name) fields.set(button.name, button.value);
  if (button.closest('#results')) clear();
  post(button.dataset.post, fields);
  home();
}
addEventListener('click', event => {
  const button = event.target.closest('button, a'), { post: path, digit, choice } = button?.dataset ?? {};
  if (path) { event.preventDefault(); press(button); }
  if (digit !== undefined) type(document.getElementById(button.closest('[data-pad]').dataset.pad), digit);
  if (choice === 'drop') localStorage.removeItem(one('#choice').dataset.key);
  if (choice) { one('#choice').hidden = true; failures = 0; wake(); home(); }
  if (button?.matches('[data-print]')) print();
});
addEventListener('submit', event => {
  if (!event.target.dataset.post) return;
  event.preventDefault();
  const fields = new FormData(event.target), { name, value } = event.submitter ?? {};
  if (name) fields.set(name, value);
  post(event.target.dataset.post, fields);
});
function type(input, digit) {
  const most = input.maxLength > 0 ? input.maxLength : 20;
  input.value = digit ? (input.value + digit).slice(0, most) : input.value.slice(0, -1);
  input.dispatchEvent(new Event('input', { bubbles: true }));
  if (!touch) input.focus();
}

addEventListener('input', ({ target, inputType }) => { // an amount shows its thousands while it is typed at its end
  if (target.dataset.vnd === undefined || target.selectionEnd < target.value.length) return;
  if (!inputType?.startsWith('delete') && /[.,](?!\d{3,}(\D|$))/.test(target.value)) return; // 1,5 is no 15
  const digits = target.value.replace(/[.,\s]/g, '');
  if (/^\d+$/.test(digits)) target.value = digits.replace(/\B(?=(\d{3})+$)/g, '.');
}, true);

// 4. Keys say what they press: aria-keyshortcuts; beneath an open panel nothing reacts.
addEventListener('keydown', event => {
  if (!event.key) return; // a browser that fills in a form
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey, button = buttonOf(event);
  const printable = plain && (event.key.length === 1 || event.key === 'Process') && !(event.key === ' ' && !typing());
  if (box && printable && !button && !typing()) (modal() && one('input', modal()) || box).focus();
  if (box && scan(event, printable)) return event.preventDefault(); // no key of a scanner presses a button
  if (box && document.activeElement === box && edit(event)) return event.preventDefault();
  if (button === undefined || !button && printable) return;
  event.preventDefault();
  if (!event.repeat || /^(Arrow|[+-]$)/.test(event.key)) button === box ? box.focus() : button?.click();
});
function buttonOf(event) { // null: beneath a panel; undefined: nobody's key
  const letter = (event.ctrlKey || event.altKey) && /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const held = (event.ctrlKey ? 'Control+' : '') + (event.altKey ? 'Alt+' : '');
  const name = held + (letter || (event.key === '+' ? 'Plus' : event.key)), field = typing();
  if (field && (field !== box || box.value) && !/^(F\d|Escape|Insert|Alt\+|Control\+[^Z])/.test(name)) return undefined;
  const named = all(`[aria-keyshortcuts~="${CSS.escape(name)}"]`);
  const live = each => (modal() ?? document).contains(each) && !each.disabled && !each.closest('[hidden]');
  return named.filter(live).at(-1) ?? (named.length ? null : undefined);
}

// 5. One box for scanner and cashier. A scan is known by its average pace, wherever the focus is; its digits are read as
// physical keys, because input methods change characters. A scanner without Enter must send a whole article number. Digits
// that come faster than fingers are held back: each that is painted delays the answer to the scan.
const habit = { gap: 35, prefix: '', suffix: '', ...one('[data-gap]')?.dataset }, GAP_MS = Number(habit.gap), none = { text: '', keys: 0, from: 0, at: -1e9 };
let burst = none, unwritten = '', silence, pause, asked = 0;
function scan(event, printable) { // true when the key is taken: it ends a scan, or is held back until that is known
  const gap = event.timeStamp - burst.at, still = gap > SILENCE_MS;
  if (event.key === 'Enter' || event.key === 'Tab' && !still && burst.keys >= 8 && quick()) { // nobody tabs so soon
    clearTimeout(silence);
    const scanned = !still && quick() && burst.keys >= (burst.field === box ? 4 : 8); // an amount has fewer digits than a code
    if (scanned) finish(); else write();
    return !still && (scanned || burst.keys === 0 || !typing());
  }
  if (!burst.keys) burst = none; // any other key: the next Enter is the cashier's, however soon
  if (!printable) { write(); return false; }
  const digit = event.shiftKey ? undefined : /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1], field = typing();
  const begins = still || !burst.keys || gap > GAP_MS && burst.keys < 4; // later, one late key is the machine's
  if (begins) {
    write();
    burst = { ...none, from: event.timeStamp, digits: true, field, before: field?.value };
  }
  const text = burst.text + (digit ?? (event.key.length === 1 ? event.key : ''));
  burst = { ...burst, text, keys: burst.keys + 1, digits: burst.digits && Boolean(digit), at: event.timeStamp };
  clearTimeout(silence);
  const whole = field === box && !burst.before && burst.digits && quick() && isArticleNumber(text);
  const hidden = field === box && burst.digits && event.key.length === 1 && burst.keys > 2 && quick(RAPID_MS);
  if (hidden) { clearTimeout(pause); unwritten += event.key; } else write();
  if (whole || hidden) silence = setTimeout(whole ? finish : write, SILENCE_MS);
  return hidden;
}
const quick = (gap = GAP_MS) => burst.at - burst.from <= gap * (burst.keys - 1);
function write() { // it was no scan: the box shows what was held back
  if (!unwritten) return;
  box.setRangeText(unwritten, box.selectionStart, box.selectionEnd, 'end'); // where it was typed
  unwritten = '';
  box.dispatchEvent(new Event('input'));
}
function isArticleNumber(text) {
  const sum = [...text].reverse().reduce((sum, digit, place) => sum + digit * (place % 2 ? 3 : 1), 0);
  return [8, 12, 13, 14].includes(text.length) && sum % 10 === 0;
}
function finish() {
  const { field, before, digits, text } = burst;
  const code = field !== box ? text : digits ? before + text : box.value;
  if (field && field !== box) field.value = before; // a scan into the amount is no amount
  burst = { ...none, at: performance.now() }; // the line feed after a scanner's Enter belongs to the scan
  send(cut(code));
}
function cut(code) { // what the scanner puts around each code
  const { prefix, suffix } = habit, inner = code.trim().slice(prefix.length, suffix.length ? -suffix.length : undefined);
  return inner && code.trim() === prefix + inner + suffix ? inner : code;
}
function send(code) {
  clear();
  if (code.trim()) post(box.dataset.box, { [box.name]: code.trim() });
}
function clear() {
  clearTimeout(pause);
  asked += 1; // answers on their way are dropped
  box.value = unwritten = '';
  one('#results')?.replaceChildren();
  box.setAttribute('aria-expanded', false);
}
function edit(event) { // keys of the box itself
  const options = all('#results [role=option]'), chosen = options.findIndex(each => each.ariaSelected === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Enter') chosen < 0 ? send(box.value) : press(options[chosen]);
  else if (event.key === 'Escape' && box.value) clear();
  else if (step && options.length) {
    const next = options.at((Math.max(chosen, step < 0 ? 0 : -1) + step) % options.length);
    for (const option of options) option.ariaSelected = String(option === next);
    box.setAttribute('aria-activedescendant', next.id);
    next.scrollIntoView({ block: 'nearest' });
  } else return false;
  return true;
}
box?.addEventListener('input', () => {
  for (const option of all('#results [aria-selected=true]')) option.ariaSelected = 'false'; // chosen for an older text
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE_MS);
});
async function search() {
  const number = ++asked, text = box.value.trim();
  if (!text) return clear();
  const query = new URLSearchParams({ q: text });
  const answer = await fetch(`${box.dataset.search}?${query}`, { headers: { accept: 'text/html' } });
  const markup = await answer.text();
  if (answer.ok && number === asked) swap(markup, false);
}

// A field that tells how a scanner types: data-try.
const trial = one('[data-try]');
let strokes = [], told;
trial?.addEventListener('keydown', event => {
  const ends = event.key === 'Enter' || event.key === 'Tab' && strokes.length > 3;
  if (ends) event.preventDefault(); else if (event.key.length > 1 && event.key !== 'Process') return;
  if (!strokes.length) trial.value = '';
  const digit = event.shiftKey ? undefined : /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  strokes.push({ at: event.timeStamp, digit, ends: ends ? event.key : '' });
  clearTimeout(told);
  told = setTimeout(tell, ends ? SILENCE_MS : 5 * SILENCE_MS);
});
async function tell() {
  const keys = strokes.filter(({ ends }) => !ends), end = strokes.find(({ ends }) => ends)?.ends ?? '';
  const gaps = keys.slice(1).map(({ at }, place) => Math.round(at - keys[place].at)).join(' ');
  const code = keys.every(({ digit }) => digit) ? keys.map(({ digit }) => digit).join('') : trial.value;
  strokes = [];
  if (!keys.length) return;
  const answer = await fetch(`${trial.dataset.try}&${new URLSearchParams({ code, gaps, end })}`, { headers: { accept: 'text/html' } });
  if (answer.ok) swap(await answer.text(), false);
}

// Live pages: one stream a page, closed while nobody looks, since a browser grants an origin six connections.
let stream;
function listen() {
  const url = document.body.dataset.events;
  if (!url || stream || document.hidden) return;
  stream = new EventSource(url);
  stream.onopen = () => { seen = -1; failures = 0; show(); wake(); };
  stream.onmessage = event => take(event.data, Number(event.lastEventId), true);
  stream.onerror = () => {
    show('lost');
    if (stream?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    fetch(url, { method: 'HEAD' }).then(({ status }) => status === 401 && leave()).catch(() => {});
    hush();
    setTimeout(listen, 3000);
  };
}
function hush() { stream?.close(); stream = undefined; }
addEventListener('pagehide', hush);
addEventListener('pageshow', listen);
addEventListener('online', () => wake());
document.addEventListener('visibilitychange', () => document.hidden ? hush() : listen());
let resting;
function rest() { // a page that nobody touches leads to the PIN, unless another window of this login is busy
  const { idle, events } = document.body.dataset;
  clearTimeout(resting);
  if (idle) resting = setTimeout(ask, idle * 1000);
  function ask() {
    fetch(events, { method: 'HEAD' }).then(({ status }) => status === 401 ? leave() : rest()).catch(rest);
  }
}
for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, rest, true);
rest();
function tick() { // Vietnam's time, whatever the browser's zone
  const now = one('#now');
  if (now) now.textContent = new Date(Date.now() + 7 * 3600e3).toISOString().slice(11, 16);
}
setInterval(tick, 5000);
tick();
drain();
