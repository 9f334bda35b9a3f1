element.innerHTML = "<b>" + name + "</b>"; // HERE
element.innerHTML = `<b>${name}</b>`; // HERE
document.write("<p>" + location + "</p>"); // HERE
