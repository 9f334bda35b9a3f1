(element as HTMLElement).innerText = `<b>${name}</b>`;
