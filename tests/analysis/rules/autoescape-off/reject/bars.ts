const view: Template = Handlebars.compile(text, { noEscape: true }); // HERE
