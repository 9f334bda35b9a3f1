(element as HTMLElement).innerHTML = `<b>${name}</b>`; // HERE
