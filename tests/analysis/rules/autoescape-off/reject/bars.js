Handlebars.compile(text, { noEscape: true }); // HERE
