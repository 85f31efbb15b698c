/* The reader's colours. Made here and not in each page, because without JavaScript there is no choice.
 * Loaded before the page is parsed, so that no page is painted in other colours first. */
"use strict";
{% set form %}{% include "partials/palette.html" %}{% endset %}
{% set scope %}{% include "partials/javascripts/base.html" %}{% endset %}
{% set chosen %}{% include "partials/javascripts/palette.html" %}{% endset %}
// What the theme's script keeps its settings with, and where: by the root of the site, which this file lies two folders beneath.
var {{ scope | replace("<script>", "") | replace("</script>", "") | replace(",location)", ",document.currentScript.src)") | trim }};
window.customElements?.define("colour-choice", class extends HTMLElement {
connectedCallback() {
if (this.firstChild) return;
// The theme's own form, and its own way of doing what was chosen last.
this.innerHTML = {{ (form | trim).split() | join(" ") | tojson }};
{{ chosen | replace("<script>", "") | replace("</script>", "") | trim }}
}
});
