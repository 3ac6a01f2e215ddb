// Theme, language with the same place, sentence pairs in view, details open in print. Nothing here is needed to read.
(function () {
  "use strict";
  var root = document.documentElement;
  var yigai = window.yigai = {boxes: {}, waiting: {}};
  yigai.take = function (name, data) {
    yigai.boxes[name] = data;
    (yigai.waiting[name] || []).forEach(function (go) { go(data); });
    delete yigai.waiting[name];
  };
  root.classList.add("js");

  function kept() { try { return localStorage.getItem("yigai-theme"); } catch (e) { return null; } }
  function keep(value) { try { localStorage.setItem("yigai-theme", value); } catch (e) { /* private window */ } }
  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  var wanted = kept();
  if (wanted === "dark" || wanted === "light") { root.dataset.theme = wanted; }

  function themeButton() {
    var button = document.querySelector("button.theme");
    function name() { button.textContent = dark() ? button.dataset.light : button.dataset.dark; }
    button.hidden = false;
    name();
    button.addEventListener("click", function () {
      root.dataset.theme = dark() ? "light" : "dark";
      keep(root.dataset.theme);
      name();
    });
  }

  // the same sentence in the other column; ids are s-<passage>-<sentence> and r-<passage>-<sentence>
  function pair() {
    document.querySelectorAll(".twin").forEach(function (old) { old.classList.remove("twin"); });
    var found = /^#([sr])(-\d+-\d+)$/.exec(location.hash);
    var other = found && document.getElementById((found[1] === "s" ? "r" : "s") + found[2]);
    if (other) { other.classList.add("twin"); }
  }

  function place() {
    var link = document.querySelector("a.lang");
    link.hash = location.hash;
    link.search = location.search;
    var at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var box = at && at.closest("details"); box; box = box.parentElement.closest("details")) { box.open = true; }
    pair();
  }

  document.addEventListener("DOMContentLoaded", function () {
    themeButton();
    place();
    window.addEventListener("hashchange", place);
    window.addEventListener("beforeprint", function () {
      document.querySelectorAll("details:not(.code):not(.why)").forEach(function (box) { box.open = true; });
    });
  });
})();
