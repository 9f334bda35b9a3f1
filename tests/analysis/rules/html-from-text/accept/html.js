element.textContent = "<b>" + name + "</b>";
element.innerHTML = "";
element.innerHTML = rendered;
element.innerHTML = `<b>${escapeHtml(name)}</b>`;
element.innerHTML = `<b>${names.length}</b>`;
