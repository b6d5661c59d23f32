// Sets theme, density, language and direction before the first paint, so that nothing flashes.
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('rapport.taste') || '{}');
    var root = document.documentElement;
    if (kept.theme && kept.theme !== 'system') root.dataset.theme = kept.theme;
    if (kept.density) root.dataset.density = kept.density;
    if (kept.locale) root.lang = kept.locale === 'pseudo' ? 'en' : kept.locale;
    if (kept.locale === 'ar') root.dir = 'rtl';
  } catch (_) {
    // Without storage the system's taste applies.
  }
})();
