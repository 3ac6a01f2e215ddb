// Search by bigrams: load the shards of the query's bigrams, intersect, check in the texts, show sentences.
(function () {
  "use strict";
  var yigai = window.yigai;
  var list = document.getElementById("results");
  var say = document.getElementById("found");
  var words = list.dataset;
  var folder = words.index.replace(/m\.js$/, "");
  var base = words.base.replace(/index\.html$/, "");
  var MOST = 100;

  function box(name) {
    return new Promise(function (go, fail) {
      if (yigai.boxes[name]) { go(yigai.boxes[name]); return; }
      if (yigai.waiting[name]) { yigai.waiting[name].push(go); return; }
      yigai.waiting[name] = [go];
      var script = document.createElement("script");
      script.src = folder + name + ".js";
      script.onerror = fail;
      document.head.appendChild(script);
    });
  }

  function normal(text) {
    return text.replace(/[！-～]/g, function (sign) { return String.fromCharCode(sign.charCodeAt(0) - 0xFEE0); })
      .toLowerCase().replace(/\s+/g, "");
  }

  function shard(pair, shards) {
    var value = 0;
    for (var at = 0; at < pair.length; at += 1) { value = (value * 31 + pair.charCodeAt(at)) % 65521; }
    return value % shards;
  }

  function bigrams(word) {
    var signs = Array.from(word), found = [];
    for (var at = 0; at + 1 < signs.length; at += 1) { found.push(signs[at] + signs[at + 1]); }
    return found;
  }

  function numbers(steps) {
    var sum = 0;
    return (steps || []).map(function (step) { sum += step; return sum; });
  }

  async function candidates(terms, about) {
    var kept = null;
    for (var pair of new Set(terms.flatMap(bigrams))) {
      var shelf = await box("b" + shard(pair, about.b));
      var here = new Set(Object.hasOwn(shelf, pair) ? numbers(shelf[pair]) : []);
      kept = kept === null ? Array.from(here) : kept.filter(function (n) { return here.has(n); });
    }
    return kept || [];
  }

  async function matches(terms, about) {
    var found = [];
    for (var n of await candidates(terms, about)) {
      var entry = (await box("t" + Math.floor(n / about.a)))[n % about.a];
      var text = normal(entry[0]);
      if (terms.every(function (term) { return text.includes(term); })) { found.push(entry); }
    }
    return found;
  }

  function marked(text, terms) {
    var piece = document.createDocumentFragment();
    var low = text.toLowerCase(), at = 0;
    while (at < text.length) {
      var next = -1, length = 0;
      terms.forEach(function (term) {
        var spot = low.indexOf(term, at);
        if (spot >= 0 && (next < 0 || spot < next || (spot === next && term.length > length))) { next = spot; length = term.length; }
      });
      if (next < 0 || low.length !== text.length) { break; }
      piece.append(text.slice(at, next));
      var mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      piece.append(mark);
      at = next + length;
    }
    piece.append(text.slice(at));
    return piece;
  }

  function item(entry, about, terms) {
    var about_doc = about.d[entry[1]];
    var line = document.createElement("li");
    line.className = "quote";
    var first = document.createElement("p");
    var link = document.createElement("a");
    link.href = base + entry[2];
    link.append(marked(entry[0], terms));
    first.lang = "zh-Hans";
    first.append(link);
    var second = document.createElement("p");
    second.className = "how hint";
    second.textContent = [words.lang === "zh" ? about_doc[2] : about_doc[1], about_doc[3], about_doc[0]].filter(Boolean).join(words.lang === "zh" ? "，" : ", ");
    line.append(first, second);
    return line;
  }

  async function search(query) {
    var terms = query.split(/\s+/).map(normal).filter(Boolean);
    list.replaceChildren();
    if (!terms.length) { say.textContent = words.ask; return; }
    if (terms.some(function (term) { return Array.from(term).length < 2; })) { say.textContent = words.short; return; }
    var about = await box("m");
    var found = await matches(terms, about);
    say.textContent = found.length
      ? found.length + " " + (found.length === 1 ? words.one : words.found) + " " + query + (found.length > MOST ? " (" + words.first + " " + MOST + ")" : "")
      : words.none + " " + query;
    list.append.apply(list, found.slice(0, MOST).map(function (entry) { return item(entry, about, terms); }));
  }

  var asked = (new URLSearchParams(location.search).get("q") || "").trim();
  document.querySelectorAll("input[name=q]").forEach(function (input) { input.value = asked; });
  if (!asked) { document.getElementById("query").focus(); }
  search(asked.slice(0, 200)).catch(function () { say.textContent = words.none + " " + asked; });
})();
