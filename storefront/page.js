// Parts of a page: the templates of index.html, filled with text and never with markup.
const grouped = new Intl.NumberFormat('ko-KR', { signDisplay: 'negative' });
const korean = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short', timeStyle: 'short' });

export const won = (amount) => grouped.format(amount).replace('-', '−');
export const time = (text) => korean.format(new Date(text));
/** A day in Korea, so many months ago. */
export const day = (monthsAgo = 0) => korean.format(new Date().setMonth(new Date().getMonth() - monthsAgo)).slice(0, 10);

/** A template with texts or parts where `data-is` names them, and what buttons of `data-do` do. What is not given is left out. */
export function make(id, values = {}, does = {}) {
  const part = document.getElementById(id).content.firstElementChild.cloneNode(true);
  const buttons = part.querySelectorAll('[data-do]');
  for (const place of [part, ...part.querySelectorAll('[data-is]')]) {
    const given = [values[place.dataset.is] ?? []].flat().filter((one) => one !== false && one !== '');
    if (given.length > 0) place.replaceChildren(...given);
    else if (place.dataset.is) place.remove();
  }
  for (const button of buttons) {
    if (does[button.dataset.do]) button.addEventListener('click', does[button.dataset.do]);
    else button.remove();
  }
  return part;
}

export const item = (...content) => make('item', { content });
export const link = (text, hash) => Object.assign(make('link', { text }), { href: `#/${hash}` });
export const options = (rows, valueOf, nameOf) => rows.map((row) => new Option(nameOf(row), valueOf(row)));
/** A labelled choice. */
export const choice = (label, name, choices) => make('choice', { label, choice: Object.assign(make('select', { choices }), { name }) });

/** Shows a part instead of what was there; whoever listens hears its heading. */
export function turnTo(place, part) {
  place.replaceChildren(part);
  const heading = place.querySelector('h1');
  document.title = heading.textContent;
  heading.tabIndex = -1;
  heading.focus();
}

/** Says why something did not work, and goes to the field it is about. */
export function tell(place, { message, errors = [], requestId }) {
  place.querySelector(':scope > .problem')?.remove();
  place.append(make('problem', { message, errors: errors.map((error) => item(`${error.message} (${error.field})`)), number: requestId && `요청번호 ${requestId}` }));
  const named = errors.map((error) => place.elements?.[error.field.split('.').at(-1)]).filter(Boolean);
  const fields = named.map((field) => field.querySelector('input, button') ?? field);
  for (const field of fields) field.setAttribute('aria-invalid', 'true');
  (fields[0] ?? place.lastElementChild).focus();
}

/** What a form is for: done once at a time, and where it fails the form stays as it is. */
export function whenSent(form, act) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    form.querySelector('.problem[tabindex]')?.remove();
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    await act().catch((failure) => tell(form, failure));
    form.ariaBusy = 'false';
  });
  return form;
}
