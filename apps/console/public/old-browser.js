/* Runs in every browser, also in one that cannot read what comes after it: says which version is needed. */
(function () {
  var match = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
  if (!match || Number(match[1]) >= 90) return;
  var root = document.getElementById('root');
  if (root)
    root.textContent =
      '本系统需要 Chromium 90 或更高版本的浏览器，当前版本为 ' +
      match[1] +
      '。已生成的报告可打印后查阅。 This console needs Chromium 90 or newer; this is ' +
      match[1] +
      '.';
})();
