"use strict";
// Everything from the data becomes text (textContent), never markup.
(() => {
  const find = (id) => document.getElementById(id);
  const [query, matches, found, tip] = ["query", "matches", "found", "tip"].map(find);
  const SHOWN = 8;

  const make = (tag, text, parent, attributes = {}) => {
    const element = document.createElement(tag);
    if (text !== null) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (parent) parent.append(element);
    return element;
  };

  // unpacked when it is first needed, so that the page is there at once
  let unpacked;
  const index = () => (unpacked ??= (async () => {
    const bytes = Uint8Array.from(atob(find("index").textContent), (each) => each.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const data = await new Response(stream).json();
    data.customer = new Map(data.customers.map((each) => [each.id, each]));
    data.product = new Map(data.products.map((each) => [each.id, each]));
    data.entries = [
      ...data.customers.map((each) => ({kind: "customer", id: each.id, says: each.segment ?? each.rfm ?? "", sought: each.id.toLowerCase()})),
      ...data.products.map((each) => ({kind: "product", id: each.id, says: each.name, sought: `${each.id} ${each.name}`.toLowerCase()})),
    ];
    return data;
  })().catch((error) => {
    find("holds").textContent = `This browser cannot search here (${error.message}); a newer one can.`;
    throw error;
  }));

  const facts = (pairs, parent) => {
    const list = make("dl", null, parent);
    for (const [name, value] of pairs) {
      const pair = make("div", null, list);
      make("dt", name, pair);
      make("dd", value, pair);
    }
  };
  const named = (data, id, parent) => {
    const name = data.product.get(id)?.name || data.names[id] || "";
    const text = name && name !== id ? `${name} (${id})` : id;
    return data.product.has(id) ? make("a", text, parent, {href: `#product=${encodeURIComponent(id)}`}) : make("span", text, parent);
  };

  const DRIVERS = {purchase: "What speaks for an order (right) and against it (left)", churn: "What speaks for staying away (right) and against it (left)"};
  const customer = (data, it) => {
    make("h2", `Customer ${it.id}`, found);
    make("p", [it.segment, it.rfm].filter(Boolean).join("; "), found);
    facts(it.facts, found);
    if (it.predictions.length) {
      make("h3", "Predictions", found);
      facts(it.predictions, found);
    }
    for (const [target, drivers] of Object.entries(it.drivers)) {
      make("h3", DRIVERS[target], found);
      const most = Math.max(...drivers.map((each) => Math.abs(each[2]))) || 1;
      const list = make("ul", null, found, {class: "pushes"});
      for (const [feature, value, effect] of drivers) {
        const line = make("li", null, list);
        make("span", value === null ? feature : `${feature}: ${value}`, line);
        const bar = make("i", null, line, {class: effect < 0 ? "down" : "up", role: "img", "aria-label": `${effect < 0 ? "against" : "for"} it, by ${Math.abs(effect)}`});
        bar.style.setProperty("--long", `${(50 * Math.abs(effect)) / most}%`);
      }
    }
    make("h3", "Recommendations", found);
    if (!it.lists.length) return make("p", "There are no recommendations for this customer.", found);
    const list = make("ol", null, found);
    for (const [product, probability, reason, because] of it.lists) {
      const line = make("li", null, list);
      named(data, product, line);
      make("div", probability ? `${reason}; ${probability}` : reason, line, {class: "note"});
      const evidence = data.product.get(because)?.name || data.names[because];
      if (because && because !== product && !(evidence && reason.includes(evidence))) {
        line.lastChild.append("; because of ");
        named(data, because, line.lastChild);
      }
    }
  };

  const product = (data, it) => {
    make("h2", it.name || `Product ${it.id}`, found);
    make("p", `Product ${it.id}`, found, {class: "note"});
    facts(it.facts, found);
    const methods = new Map();
    for (const [method, other, reason] of it.goes_with) methods.set(method, [...(methods.get(method) ?? []), [other, reason]]);
    if (!methods.size) make("p", "Nothing is known to go with this product.", found);
    for (const [method, others] of methods) {
      make("h3", method[0].toUpperCase() + method.slice(1), found);
      const list = make("ol", null, found);
      for (const [other, reason] of others) {
        const line = make("li", null, list);
        named(data, other, line);
        make("div", reason, line, {class: "note"});
      }
    }
  };

  const show = async (kind, id) => {
    const data = await index();
    const it = data[kind]?.get(id);
    found.replaceChildren();
    if (it) (kind === "customer" ? customer : product)(data, it);
    else make("p", `There is no ${kind} ${id} in this page.`, found);
    found.hidden = false;
    found.focus();
    found.scrollIntoView({block: "start"});
  };
  const follow = () => {
    const place = location.hash.match(/^#(customer|product)=(.*)$/);
    if (!place) return;
    let id = place[2];
    try {
      id = decodeURIComponent(id);
    } catch {
      // written by hand: taken as it is
    }
    show(place[1], id);
  };

  let active = -1;
  const options = () => [...matches.children].filter((each) => each.dataset.id !== undefined);
  const mark = (number) => {
    active = number;
    options().forEach((each, place) => each.setAttribute("aria-selected", String(place === active)));
    if (active >= 0) query.setAttribute("aria-activedescendant", options()[active].id);
    else query.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    matches.hidden = true;
    query.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const choose = (option) => {
    close();
    query.value = option.dataset.id;
    const place = `#${option.dataset.kind}=${encodeURIComponent(option.dataset.id)}`;
    if (location.hash === place) follow();
    else location.hash = place;
  };
  const suggest = async () => {
    const data = await index();
    const sought = query.value.trim().toLowerCase();  // as it is now, not as it was before unpacking
    if (!sought || document.activeElement !== query) return close();
    const place = (each) => (each.id.toLowerCase() === sought ? 0 : each.sought.startsWith(sought) ? 1 : 2);
    const hits = data.entries.filter((each) => each.sought.includes(sought)).sort((a, b) => place(a) - place(b));
    matches.replaceChildren();
    hits.slice(0, SHOWN).forEach((each, number) => {
      const words = each.kind === "customer" ? `Customer ${each.id}` : each.id;
      make("li", each.says ? `${words}: ${each.says}` : words, matches, {id: `match-${number}`, role: "option", "aria-selected": "false", "data-kind": each.kind, "data-id": each.id});
    });
    if (!hits.length) make("li", "Nothing of that name is in this page.", matches, {role: "option", "aria-disabled": "true"});
    else if (hits.length > SHOWN) make("li", `and ${hits.length - SHOWN} more`, matches, {role: "option", "aria-disabled": "true", class: "note"});
    matches.hidden = false;
    query.setAttribute("aria-expanded", "true");
    mark(-1);
  };

  query.addEventListener("input", suggest);
  query.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "ArrowDown" && matches.hidden) suggest();
    else if (event.key === "ArrowDown" && count) mark((active + 1) % count);
    else if (event.key === "ArrowUp" && count && !matches.hidden) mark((active + count - (active < 0 ? 0 : 1)) % count);
    else if (event.key === "Enter" && count && !matches.hidden) choose(options()[Math.max(active, 0)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  matches.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-id]");
    event.preventDefault();
    if (option) choose(option);
  });
  query.addEventListener("blur", close);
  addEventListener("hashchange", follow);
  find("unscripted").hidden = true;
  follow();

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
  });
  // what a mark of a chart says, where the pointer is
  document.addEventListener("pointerover", (event) => {
    const marked = event.target.closest?.("[data-says]");
    tip.hidden = !marked;
    if (!marked) return;
    tip.textContent = marked.dataset.says;
    const at = marked.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    tip.style.left = `${left}px`;
    tip.style.top = `${at.top > tip.offsetHeight + 12 ? at.top - tip.offsetHeight - 8 : at.bottom + 8}px`;
  });
})();
